package eddy.readout;

import eddy.math.Alignment;
import eddy.optim.GradientStep;
import java.util.Arrays;

/**
 * The part of a gradient readout that sees sparse features: z += the active features' rows.
 *
 * <p>The gradient of a row is the adjoint of the outputs itself. It is measured, bounded and moved
 * together with the readout's other weights, but takes larger steps, since few labels come to each
 * row (docs/design-notes.md); rows that are not active cost nothing. Holds what {@link #learn} was
 * told until {@link #move}: one per thread.
 */
final class SparseTable {
  /** Steps of rows in those of the readout's other weights. */
  static final float WIDER = 2f;

  private final RowRange rows;
  private final int outputs;
  private final Slice[] slices;

  /** By slice: the rows that were active at the origin [activeRows], and how many they are. */
  private final int[][] active;

  private final int[] count;

  /**
   * A table.
   *
   * @param rows which sparse features it sees
   */
  SparseTable(RowRange rows, int outputs, Slice[] slices) {
    this.rows = rows;
    this.outputs = outputs;
    this.slices = slices;
    active = new int[slices.length][rows.active()];
    count = new int[slices.length];
  }

  SparseRows newRows(int slotsPerWeight) {
    return rows.count() == 0
        ? SparseRows.NONE
        : new SparseRows(rows.count(), outputs, slotsPerWeight);
  }

  /** Most bytes of stored rows: number, two lengths, weights and optimiser memory of each. */
  long bytes(int slotsPerWeight) {
    return rows.count() * (3L * Integer.BYTES + (1L + slotsPerWeight) * outputs * Float.BYTES);
  }

  /** Adds the active rows to all own slices of z. Modifies only z. */
  void addOutputs(SparseRows weights, int[] activeRows, float[] z) {
    for (int row : activeRows) {
      float[] values = rows.holds(row) ? weights.values(row - rows.first()) : null;
      if (values != null) {
        for (Slice slice : slices) {
          for (int o = slice.at(); o < slice.at() + slice.count(); o++) {
            z[o] += values[o];
          }
        }
      }
    }
  }

  /** Takes note of what was active at the origin of a slice's label. */
  void learn(Slice slice, int[] activeRows) {
    if (rows.count() == 0) {
      return;
    }
    int number = 0;
    while (slices[number].at() != slice.at()) {
      number++;
    }
    for (int row : activeRows) {
      if (rows.holds(row)) {
        active[number][count[number]++] = row - rows.first();
      }
    }
  }

  /** Adds the size of the rows' gradients to the step's. */
  void measure(GradientStep descent, float[] adjoint) {
    for (int s = 0; s < slices.length; s++) {
      for (int i = 0; i < count[s]; i++) {
        descent.measure(adjoint, slices[s].at(), slices[s].count());
      }
    }
  }

  /** Moves the rows against the adjoint, last of all. Modifies only weights and the step. */
  void move(GradientStep descent, float[] adjoint, SparseRows weights) {
    if (rows.count() > 0) {
      descent.widen(WIDER);
    }
    for (int s = 0; s < slices.length; s++) {
      for (int i = 0; i < count[s]; i++) {
        int row = active[s][i];
        if (weights.values(row) == null) {
          weights.add(row);
        }
        descent.move(
            adjoint, weights.values(row), weights.slots(row), slices[s].at(), slices[s].count());
      }
    }
  }

  /**
   * Takes in the rows of a foreign table, those that have not moved here as they are, in the order
   * in which they moved there. Modifies only own, base and what foreignBase has no rows of.
   *
   * @param output how the outputs are aligned
   */
  void merge(
      GradientStep descent,
      SparseRows own,
      SparseRows base,
      SparseRows foreign,
      SparseRows foreignBase,
      Alignment output) {
    for (int i = 0; i < foreign.count(); i++) {
      int row = foreign.row(i);
      Alignment alignment = own.values(row) == null ? output.first() : output;
      own.require(row);
      base.require(row);
      foreignBase.require(row);
      alignment.advance(
          own.values(row), base.values(row), foreign.values(row), foreignBase.values(row), 0);
      descent.merge(
          alignment, own.slots(row), base.slots(row), foreign.slots(row), foreignBase.slots(row));
    }
  }

  /** Forgets what was learned since the last call. */
  void clear() {
    Arrays.fill(count, 0);
  }
}
