package eddy.readout;

import java.util.Arrays;

/**
 * Weights of features of which few out of many are active: for each feature a row of the outputs,
 * made when it moves for the first time. Rows that never moved say 0 and take a reference each.
 */
public final class SparseRows {
  /** What a readout without sparse features has. */
  static final SparseRows NONE = new SparseRows(0, 0, 0);

  private static final int FIRST = 16;

  private final int outputs;
  private final int slotsPerWeight;
  private final float[][] values;
  private final float[][] slots;

  /** Rows in the order in which they moved first. */
  private int[] moved = new int[FIRST];

  private int count;

  SparseRows(int rows, int outputs, int slotsPerWeight) {
    this.outputs = outputs;
    this.slotsPerWeight = slotsPerWeight;
    values = new float[rows][];
    slots = new float[rows][];
  }

  /** Number of rows, moved or not. */
  public int rows() {
    return values.length;
  }

  /** Number of rows that have moved. */
  public int count() {
    return count;
  }

  /** The row that moved first as the index-th of {@link #count}. */
  public int row(int index) {
    return moved[index];
  }

  /** Weights of a row [outputs]; null where it has not moved. */
  public float[] values(int row) {
    return values[row];
  }

  /** Optimiser memory of a row [slotsPerWeight][outputs]; null where it has not moved. */
  public float[] slots(int row) {
    return slots[row];
  }

  /** Makes a row that has not moved, if it has not. */
  void require(int row) {
    if (values[row] == null) {
      add(row);
    }
  }

  /** Makes a row that has not moved, all zero. Modifies only these rows. */
  public void add(int row) {
    if (values[row] != null) {
      throw new IllegalArgumentException("row " + row + " was added already");
    }
    values[row] = new float[outputs];
    slots[row] = new float[slotsPerWeight * outputs];
    if (count == moved.length) {
      moved = Arrays.copyOf(moved, 2 * count);
    }
    moved[count++] = row;
  }
}
