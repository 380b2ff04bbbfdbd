package eddy.gradient;

import eddy.math.Kernels;
import java.nio.FloatBuffer;

/**
 * The trace of block RTRL: rows of the two carries that take turns, then the window of steps.
 *
 * <p>By rows, for a fold finishes some of them at an event; in panels of columns, for that is how
 * the products read them.
 */
final class CarryParts implements TraceParts {
  private final Blocks blocks;
  private final int carryLength;
  private final int parameters;
  private final int rowsPerPart;
  private final int partsPerCarry;
  private final WindowParts window;

  CarryParts(Blocks blocks, int carryLength, int parameters, WindowParts window) {
    this.blocks = blocks;
    this.carryLength = carryLength;
    this.parameters = parameters;
    this.window = window;
    rowsPerPart = TraceParts.perPart(parameters);
    partsPerCarry = (blocks.rows() + rowsPerPart - 1) / rowsPerPart;
  }

  /** Where the carry at the start of a block stands in the trace: two take turns. */
  int carryAt(long block) {
    return StepWindow.ALIGNED + (int) (block & 1) * carryLength;
  }

  /** The part that a row of the carry at the start of a block stands in. */
  int part(long block, int row) {
    return (int) (block & 1) * partsPerCarry + row / rowsPerPart;
  }

  /** The part that a step stands in. */
  int part(long step) {
    return 2 * partsPerCarry + window.part(step);
  }

  @Override
  public int count() {
    return 2 * partsPerCarry + window.count();
  }

  @Override
  public int length(int part) {
    if (part >= 2 * partsPerCarry) {
      return window.length(part - 2 * partsPerCarry);
    }
    return (to(part) - from(part)) * parameters;
  }

  @Override
  public boolean needed(RecurrentState recurrent, int part) {
    if (part >= 2 * partsPerCarry) {
      return window.needed(recurrent, part - 2 * partsPerCarry);
    }
    return from(part) < rows(recurrent, part);
  }

  @Override
  public void read(RecurrentState recurrent, int part, FloatBuffer values) {
    if (part >= 2 * partsPerCarry) {
      window.read(recurrent, part - 2 * partsPerCarry, values);
      return;
    }
    int rows = rows(recurrent, part);
    for (int row = from(part); row < to(part); row++) {
      for (int p = 0; p < parameters; p += Kernels.PANEL) {
        int columns = Math.min(Kernels.PANEL, parameters - p);
        if (row < rows) {
          values.put(recurrent.trace, panelAt(part, row, p, columns), columns);
        } else {
          values.put(new float[columns]);
        }
      }
    }
  }

  @Override
  public void write(FloatBuffer values, int part, RecurrentState recurrent) {
    if (part >= 2 * partsPerCarry) {
      window.write(values, part - 2 * partsPerCarry, recurrent);
      return;
    }
    for (int row = from(part); row < to(part); row++) {
      for (int p = 0; p < parameters; p += Kernels.PANEL) {
        int columns = Math.min(Kernels.PANEL, parameters - p);
        values.get(recurrent.trace, panelAt(part, row, p, columns), columns);
      }
    }
  }

  private int panelAt(int part, int row, int p, int columns) {
    return carryAt(part / partsPerCarry) + p * blocks.rows() + row * columns;
  }

  /** Rows that are needed of the carry which a part belongs to. */
  private int rows(RecurrentState recurrent, int part) {
    long number = blocks.number(recurrent);
    boolean latest = (number & 1) == part / partsPerCarry;
    return blocks.carriedRows(recurrent, latest ? number : number - 1);
  }

  private int from(int part) {
    return part % partsPerCarry * rowsPerPart;
  }

  private int to(int part) {
    return Math.min(blocks.rows(), from(part) + rowsPerPart);
  }
}
