package eddy.gradient;

import eddy.cell.CellWeights;
import eddy.cell.Recurrence;
import eddy.math.Kernels;
import java.util.Arrays;

/**
 * Exact RTRL in blocks of K steps: the adjoint is pulled back to the start of the block, where the
 * carried sensitivity P = ds/dw takes over (Schmidhuber 1992).
 *
 * <p>Trace: two carries [S][P] in panels, then a window of steps. The gradient is that of full BPTT
 * for every recurrence. A finished block is folded into the other carry, P' <- J_K...J_1 P + the
 * block's own part, a few rows at every event of the next one, in the same pass over P that the
 * event's gradient needs anyway; until all rows are there, the window reaches through both blocks.
 * So no event costs much more than another. K = 1 is classical RTRL (Williams and Zipser 1989). K
 * is part of the model's identity: weights that move within a block make small differences between
 * one K and another.
 */
public final class BlockRtrl implements GradientEstimator {
  /** Rows that K = 1 folds at once. */
  private static final int CLASSICAL_ROWS = 16;

  private static final float[] ONE = {1f};

  private final Recurrence recurrence;
  private final Kernels kernels;
  private final StepWindow window;
  private final Blocks blocks;
  private final CarryParts parts;
  private final int block;
  private final int stateLength;
  private final int parameters;
  private final int rowsPerEvent;
  private final float[] next;

  /** The event's own adjoint, then unit adjoints of the rows that are folded [1 + rows][S]. */
  private final float[] adjoints;

  /** What they give [1 + rows][P]. */
  private final float[] products;

  private final int productStride;
  private long drops;

  /** Estimator over blocks of {@code block} >= 1 steps. */
  public BlockRtrl(Recurrence recurrence, Kernels kernels, int block) {
    if (block < 1) {
      throw new IllegalArgumentException("block must be >= 1 but was " + block);
    }
    this.recurrence = recurrence;
    this.kernels = kernels;
    this.block = block;
    stateLength = recurrence.stateLength();
    parameters = recurrence.parameters();
    rowsPerEvent = rowsPerEvent(stateLength, block);
    int carryLength = Math.toIntExact(carryLength(recurrence));
    next = new float[stateLength];
    int windowAt = StepWindow.ALIGNED + 2 * carryLength;
    int capacity = capacity(stateLength, block);
    window = StepWindow.of(recurrence, kernels, windowAt, capacity, 1 + rowsPerEvent, block);
    blocks = new Blocks(block, stateLength);
    parts =
        new CarryParts(
            blocks,
            carryLength,
            parameters,
            new WindowParts(
                windowAt, capacity, StepWindow.stepLength(recurrence), blocks::oldestStep));
    adjoints = new float[(1 + rowsPerEvent) * stateLength];
    productStride = Math.toIntExact(StepWindow.wholeLines(parameters) + StepWindow.LINE);
    products = new float[StepWindow.ALIGNED + (1 + rowsPerEvent) * productStride];
  }

  @Override
  public String name() {
    return name(block);
  }

  /** Its name, without building it. */
  public static String name(int block) {
    return "block-rtrl(" + block + ")";
  }

  @Override
  public String fallbackName() {
    return WindowedBptt.name(block);
  }

  @Override
  public boolean fallenBack(RecurrentState recurrent) {
    return recurrent.steps < recurrent.carriedFrom;
  }

  @Override
  public long drops() {
    return drops;
  }

  @Override
  public boolean exact() {
    return true;
  }

  @Override
  public int traceLength() {
    return Math.toIntExact(cost(recurrence, block).traceLength());
  }

  @Override
  public TraceParts parts() {
    return traceLength() * (long) Float.BYTES > TraceParts.BYTES ? parts : TraceParts.WHOLE;
  }

  @Override
  public long macsPerEvent() {
    return cost(recurrence, block).macsPerEvent();
  }

  /** What it costs with blocks of {@code block} steps, without building it. */
  public static Cost cost(Recurrence recurrence, int block) {
    long stateLength = recurrence.stateLength();
    long carry = stateLength * recurrence.parameters();
    long step = recurrence.pullBackMacs();
    // every row of a fold is a pull-back through the block and a row of the product with the carry
    long fold = stateLength * (block * step + carry);
    long spread = foldEvents(stateLength, block);
    // through both blocks while the fold is under way, through one afterwards
    long window = block == 1 ? 0 : spread * block + (long) block * (block + 1) / 2;
    return new Cost(
        StepWindow.ALIGNED
            + 2 * carryLength(recurrence)
            + (long) capacity(stateLength, block) * StepWindow.stepLength(recurrence),
        recurrence.stepMacs() + carry + (window * step + fold) / block);
  }

  private static long carryLength(Recurrence recurrence) {
    return StepWindow.wholeLines((long) recurrence.stateLength() * recurrence.parameters());
  }

  private static int rowsPerEvent(long stateLength, int block) {
    if (block == 1) {
      return (int) Math.min(stateLength, CLASSICAL_ROWS);
    }
    // within half of the next block, in whole register tiles with the event's own row
    long events = block / 2;
    long rows = (stateLength + events - 1) / events;
    return (int) Math.min(stateLength, (rows + 4) / 4 * 4 - 1);
  }

  /** Events of a block at which rows of the block before are folded. */
  private static int foldEvents(long stateLength, int block) {
    int rows = rowsPerEvent(stateLength, block);
    return block == 1 ? 0 : (int) ((stateLength + rows - 1) / rows);
  }

  private static int capacity(long stateLength, int block) {
    return block + foldEvents(stateLength, block);
  }

  @Override
  public void advance(CellWeights weights, float[] x, float dt, RecurrentState recurrent) {
    // rows that no gradient took along: the next step takes the place of one that they need
    if (rowsDue(recurrent) > 0) {
      fold(weights, recurrent, 0, products);
    }
    window.record(weights, x, dt, recurrent, next);
    recurrent.setChanged(parts.part(recurrent.steps), true);
    System.arraycopy(next, 0, recurrent.state, 0, stateLength);
    recurrent.steps++;
    if (recurrent.steps == blocks.number(recurrent) * block + Math.min(1, block - 1)) {
      recurrent.foldedRows = 0;
    }
    while (block == 1 && rowsDue(recurrent) > 0) {
      fold(weights, recurrent, 0, products);
    }
    if (blocks.number(recurrent) <= blocks.first(recurrent)) {
      forgetSteps(recurrent);
    }
  }

  /** Notes that some of a part of the window may be out of reach, where that has moved on. */
  private void forgetSteps(RecurrentState recurrent) {
    recurrent.setChanged(parts.part(blocks.oldestStep(recurrent)), true);
  }

  @Override
  public void addGradient(
      CellWeights weights, RecurrentState recurrent, float[] stateAdjoint, float[] gradient) {
    System.arraycopy(stateAdjoint, 0, adjoints, 0, stateLength);
    if (rowsDue(recurrent) > 0) {
      fold(weights, recurrent, 1, gradient);
    } else if (blocks.folding(recurrent)) {
      pullBackBlock(weights, recurrent, 1, gradient, 0);
      pullBackBlockBefore(weights, recurrent, 1, gradient, 0);
    } else if (blocks.number(recurrent) > blocks.first(recurrent)) {
      pullBackBlock(weights, recurrent, 1, gradient, 0);
      addCarried(recurrent, blocks.number(recurrent), 1, gradient, 0);
    } else {
      int count = (int) Math.min(block, recurrent.steps);
      long newest = recurrent.steps - 1;
      window.pullBack(weights, recurrent.trace, newest, count, 1, adjoints, gradient, 0, 0);
    }
  }

  private int rowsDue(RecurrentState recurrent) {
    if (!blocks.folding(recurrent)) {
      return 0;
    }
    long events = block == 1 ? stateLength : recurrent.steps - blocks.number(recurrent) * block;
    return (int) Math.min(stateLength, events * rowsPerEvent) - recurrent.foldedRows;
  }

  /**
   * Computes the next rows of the new carry, together with the gradient of the event's adjoint.
   *
   * @param own 1 where there is such an adjoint, in the first row of adjoints; 0 where there is
   *     none
   */
  private void fold(CellWeights weights, RecurrentState recurrent, int own, float[] gradient) {
    int from = recurrent.foldedRows;
    int count = Math.min(rowsPerEvent, stateLength - from);
    int rows = own + count;
    Arrays.fill(adjoints, own * stateLength, rows * stateLength, 0f);
    Arrays.fill(products, 0, StepWindow.ALIGNED + rows * productStride, 0f);
    if (own > 0) {
      pullBackBlock(weights, recurrent, own, products, StepWindow.ALIGNED);
    }
    for (int row = 0; row < count; row++) {
      adjoints[(own + row) * stateLength + from + row] = 1f;
    }
    pullBackBlockBefore(weights, recurrent, rows, products, StepWindow.ALIGNED);
    if (own > 0) {
      kernels.addRows(ONE, 0, 1, products, StepWindow.ALIGNED, parameters, gradient, 0);
    }
    store(recurrent, from, count, StepWindow.ALIGNED + own * productStride);
  }

  /** Pulls adjoints back to the start of the block that the last step belongs to. */
  private void pullBackBlock(
      CellWeights weights, RecurrentState recurrent, int rows, float[] gradients, int at) {
    long last = recurrent.steps - 1;
    int count = (int) (recurrent.steps - blocks.number(recurrent) * block);
    window.pullBack(
        weights, recurrent.trace, last, count, rows, adjoints, gradients, at, productStride);
  }

  /** Pulls them on to the start of the block before, and takes up what was carried there. */
  private void pullBackBlockBefore(
      CellWeights weights, RecurrentState recurrent, int rows, float[] gradients, int at) {
    long number = blocks.number(recurrent);
    long last = number * block - 1;
    window.pullBack(
        weights, recurrent.trace, last, block, rows, adjoints, gradients, at, productStride);
    if (number - 1 > blocks.first(recurrent)) {
      addCarried(recurrent, number - 1, rows, gradients, at);
    }
  }

  private void addCarried(
      RecurrentState recurrent, long number, int rows, float[] gradients, int at) {
    // the other way at every other step: the end of the last pass is still in the cache
    boolean reversed = recurrent.steps % 2 == 1;
    kernels.addPanelProduct(
        rows,
        stateLength,
        parameters,
        adjoints,
        0,
        stateLength,
        recurrent.trace,
        parts.carryAt(number),
        reversed,
        gradients,
        at,
        productStride);
  }

  /** Puts finished rows into the new carry, or drops it where one has left its bounds. */
  private void store(RecurrentState recurrent, int from, int count, int at) {
    long number = blocks.number(recurrent);
    int carry = parts.carryAt(number);
    for (int row = 0; row < count; row++) {
      int product = at + row * productStride;
      if (!SensitivityGuard.holds(kernels, products, product, parameters)) {
        recurrent.drop((number + SensitivityGuard.PAUSE) * block);
        drops++;
        forgetSteps(recurrent);
        return;
      }
      for (int p = 0; p < parameters; p += Kernels.PANEL) {
        int columns = Math.min(Kernels.PANEL, parameters - p);
        int panel = carry + p * stateLength + (from + row) * columns;
        System.arraycopy(products, product + p, recurrent.trace, panel, columns);
      }
      recurrent.setChanged(parts.part(number, from + row), true);
    }
    recurrent.foldedRows = from + count;
    if (recurrent.foldedRows == stateLength) {
      forgetSteps(recurrent);
    }
  }
}
