package eddy.math.vector;

import eddy.math.Kernels;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Reductions of many short rows, and the softmax of one.
 *
 * <p>The lanes of several rows are stored before the first is added up, so that no load waits for
 * the store before it. Sums run in loops that test at their end: before one that may not run, C2
 * would box them. Holds scratch: one per thread.
 */
final class VectorRows {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int WIDTH = SPECIES.length();
  private static final int LANES = Kernels.LANES;

  /** Rows whose lanes are stored at a time. */
  private static final int BATCH = 16;

  private final float[] lanes = new float[BATCH * LANES];

  /** Outputs padded to whole lanes, so that every loop runs on vectors alone. */
  private float[] row = new float[LANES];

  /** {@link Kernels#addDots}. */
  void addDots(float[] w, int wAt, int rows, int columns, float[] x, int xAt, float[] y, int yAt) {
    int whole = columns - columns % LANES;
    for (int from = 0; from < rows; from += BATCH) {
      int count = Math.min(BATCH, rows - from);
      for (int l = 0; l < count; l++) {
        int row = wAt + (from + l) * columns;
        for (int lane = 0; lane < LANES; lane += WIDTH) {
          dotLanes(w, row + lane, x, xAt + lane, whole, l * LANES + lane);
        }
        for (int j = whole; j < columns; j++) {
          int lane = l * LANES + j - whole;
          lanes[lane] = Math.fma(w[row + j], x[xAt + j], lanes[lane]);
        }
      }
      for (int l = 0; l < count; l++) {
        y[yAt + from + l] += Kernels.sumLanes(lanes, l * LANES);
      }
    }
  }

  private void dotLanes(float[] a, int aAt, float[] b, int bAt, int length, int lane) {
    if (length == 0) {
      Arrays.fill(lanes, lane, lane + WIDTH, 0f);
    } else {
      dotWholeLanes(a, aAt, b, bAt, length, lane);
    }
  }

  private void dotWholeLanes(float[] a, int aAt, float[] b, int bAt, int length, int lane) {
    FloatVector sum = FloatVector.zero(SPECIES);
    int i = 0;
    do {
      FloatVector factor = FloatVector.fromArray(SPECIES, a, aAt + i);
      sum = factor.fma(FloatVector.fromArray(SPECIES, b, bAt + i), sum);
      i += LANES;
    } while (i < length);
    sum.intoArray(lanes, lane);
  }

  /** {@link Kernels#softmax}. */
  void softmax(float[] z, int zAt, int length, float[] p, int pAt) {
    int padded = (length + LANES - 1) / LANES * LANES;
    if (row.length < padded) {
      row = new float[padded];
    }
    System.arraycopy(z, zAt, row, 0, length);
    Arrays.fill(row, length, padded, Float.NEGATIVE_INFINITY);
    subtract(padded, largest(padded));
    VectorElementary.exp(row, 0, padded);
    Arrays.fill(row, length, padded, 0f);
    for (int lane = 0; lane < LANES; lane += WIDTH) {
      addLanes(padded, lane);
    }
    divide(padded, Kernels.sumLanes(lanes, 0));
    System.arraycopy(row, 0, p, pAt, length);
  }

  private float largest(int padded) {
    largestLanes(padded);
    float largest = lanes[0];
    for (int lane = 1; lane < WIDTH; lane++) {
      largest = lanes[lane] > largest ? lanes[lane] : largest;
    }
    return largest;
  }

  private void largestLanes(int padded) {
    FloatVector largest = FloatVector.broadcast(SPECIES, Float.NEGATIVE_INFINITY);
    int i = 0;
    do {
      FloatVector value = FloatVector.fromArray(SPECIES, row, i);
      largest = largest.blend(value, value.compare(VectorOperators.GT, largest));
      i += WIDTH;
    } while (i < padded);
    largest.intoArray(lanes, 0);
  }

  private void subtract(int padded, float largest) {
    for (int i = 0; i < padded; i += WIDTH) {
      FloatVector.fromArray(SPECIES, row, i).sub(largest).intoArray(row, i);
    }
  }

  private void addLanes(int padded, int lane) {
    FloatVector sum = FloatVector.zero(SPECIES);
    int i = lane;
    do {
      sum = sum.add(FloatVector.fromArray(SPECIES, row, i));
      i += LANES;
    } while (i < padded);
    sum.intoArray(lanes, lane);
  }

  private void divide(int padded, float sum) {
    for (int i = 0; i < padded; i += WIDTH) {
      FloatVector.fromArray(SPECIES, row, i).div(sum).intoArray(row, i);
    }
  }
}
