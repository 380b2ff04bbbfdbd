package eddy.math.vector;

import eddy.math.Kernels;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Traces of many rows at once: what all rows share stays in registers while a column of them
 * passes.
 *
 * <p>Loops over rows test at their end, since C2 would box what lives before one that may not run.
 * Holds scratch: one per thread.
 */
final class VectorTraces {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int WIDTH = SPECIES.length();
  private static final int LANES = Kernels.SQUARE_LANES;

  private final float[] lanes = new float[LANES];

  /** {@link Kernels#squares}. */
  float squares(float[] a, int aAt, int length) {
    int whole = length - length % LANES;
    Arrays.fill(lanes, 0f);
    for (int lane = 0; lane < LANES && whole > 0; lane += 4 * WIDTH) {
      squaresOfLanes(a, aAt + lane, whole, lane);
    }
    int i = whole;
    for (; i <= length - WIDTH; i += WIDTH) {
      FloatVector x = FloatVector.fromArray(SPECIES, a, aAt + i);
      x.fma(x, FloatVector.fromArray(SPECIES, lanes, i - whole)).intoArray(lanes, i - whole);
    }
    for (; i < length; i++) {
      lanes[i - whole] = Math.fma(a[aAt + i], a[aAt + i], lanes[i - whole]);
    }
    for (int width = LANES / 2; width >= Kernels.LANES; width /= 2) {
      foldLanes(width);
    }
    return Kernels.sumLanes(lanes);
  }

  private void foldLanes(int width) {
    int i = 0;
    do {
      FloatVector lane = FloatVector.fromArray(SPECIES, lanes, i);
      lane.add(FloatVector.fromArray(SPECIES, lanes, i + width)).intoArray(lanes, i);
      i += WIDTH;
    } while (i < width);
  }

  private void squaresOfLanes(float[] a, int at, int length, int lane) {
    FloatVector first = FloatVector.zero(SPECIES);
    FloatVector second = FloatVector.zero(SPECIES);
    FloatVector third = FloatVector.zero(SPECIES);
    FloatVector fourth = FloatVector.zero(SPECIES);
    int i = at;
    do {
      FloatVector x = FloatVector.fromArray(SPECIES, a, i);
      first = x.fma(x, first);
      FloatVector y = FloatVector.fromArray(SPECIES, a, i + WIDTH);
      second = y.fma(y, second);
      FloatVector z = FloatVector.fromArray(SPECIES, a, i + 2 * WIDTH);
      third = z.fma(z, third);
      FloatVector w = FloatVector.fromArray(SPECIES, a, i + 3 * WIDTH);
      fourth = w.fma(w, fourth);
      i += LANES;
    } while (i < at + length);
    first.intoArray(lanes, lane);
    second.intoArray(lanes, lane + WIDTH);
    third.intoArray(lanes, lane + 2 * WIDTH);
    fourth.intoArray(lanes, lane + 3 * WIDTH);
  }

  /** {@link Kernels#addElementwise}. */
  void addElementwise(
      float[] a, int aAt, float[] b, int bAt, float[] y, int yAt, int rows, int columns) {
    int i = 0;
    for (; i <= columns - WIDTH && rows > 0; i += WIDTH) {
      addColumn(a, aAt + i, b, bAt + i, y, yAt + i, rows, columns);
    }
    for (int l = 0; l < rows && i < columns; l++) {
      int row = l * columns;
      for (int j = i; j < columns; j++) {
        y[yAt + row + j] = Math.fma(a[aAt + j], b[bAt + row + j], y[yAt + row + j]);
      }
    }
  }

  private static void addColumn(
      float[] a, int aAt, float[] b, int bAt, float[] y, int yAt, int rows, int columns) {
    FloatVector factor = FloatVector.fromArray(SPECIES, a, aAt);
    int row = 0;
    do {
      FloatVector sum = FloatVector.fromArray(SPECIES, y, yAt + row);
      factor.fma(FloatVector.fromArray(SPECIES, b, bAt + row), sum).intoArray(y, yAt + row);
      row += columns;
    } while (row < rows * columns);
  }

  /** {@link Kernels#addElementwisePairs}. */
  void addElementwisePairs(
      float[] a,
      int aStride,
      float[] b,
      int bAt,
      int bStride,
      float[] y,
      int yAt,
      int rows,
      int columns) {
    int i = 0;
    for (; i <= columns - WIDTH && rows > 0; i += WIDTH) {
      addPairColumn(a, i, aStride, b, bAt + i, bStride, y, yAt + i, rows, columns);
    }
    for (int l = 0; l < rows && i < columns; l++) {
      int row = l * columns;
      for (int j = i; j < columns; j++) {
        float first = Math.fma(a[j], b[bAt + row + j], y[yAt + row + j]);
        y[yAt + row + j] = Math.fma(a[aStride + j], b[bAt + bStride + row + j], first);
      }
    }
  }

  private static void addPairColumn(
      float[] a,
      int aAt,
      int aStride,
      float[] b,
      int bAt,
      int bStride,
      float[] y,
      int yAt,
      int rows,
      int columns) {
    FloatVector first = FloatVector.fromArray(SPECIES, a, aAt);
    FloatVector second = FloatVector.fromArray(SPECIES, a, aAt + aStride);
    int row = 0;
    do {
      FloatVector sum = FloatVector.fromArray(SPECIES, y, yAt + row);
      sum = first.fma(FloatVector.fromArray(SPECIES, b, bAt + row), sum);
      second
          .fma(FloatVector.fromArray(SPECIES, b, bAt + bStride + row), sum)
          .intoArray(y, yAt + row);
      row += columns;
    } while (row < rows * columns);
  }

  /** {@link Kernels#advanceTraces}. */
  void advance(
      float[] d,
      float[] b,
      int bAt,
      float[] x,
      int xAt,
      int rows,
      int columns,
      float[] t,
      int tAt) {
    int i = 0;
    for (; i <= columns - WIDTH && rows > 0; i += WIDTH) {
      advanceColumn(d, i, b, bAt + i, x, xAt, rows, columns, t, tAt + i);
    }
    for (int l = 0; l < rows && i < columns; l++) {
      int row = tAt + l * columns;
      for (int j = i; j < columns; j++) {
        t[row + j] = Math.fma(d[j], t[row + j], b[bAt + j] * x[xAt + l]);
      }
    }
  }

  private static void advanceColumn(
      float[] d,
      int dAt,
      float[] b,
      int bAt,
      float[] x,
      int xAt,
      int rows,
      int columns,
      float[] t,
      int tAt) {
    FloatVector decay = FloatVector.fromArray(SPECIES, d, dAt);
    FloatVector immediate = FloatVector.fromArray(SPECIES, b, bAt);
    int l = 0;
    do {
      int row = tAt + l * columns;
      FloatVector input = immediate.mul(FloatVector.broadcast(SPECIES, x[xAt + l]));
      decay.fma(FloatVector.fromArray(SPECIES, t, row), input).intoArray(t, row);
      l++;
    } while (l < rows);
  }

  /** {@link Kernels#advanceTracePairs}. */
  void advancePairs(
      float[] d,
      int dStride,
      float[] b,
      int bAt,
      int bStride,
      float[] x,
      int xAt,
      int rows,
      int columns,
      float[] t,
      int tAt,
      int tStride) {
    int i = 0;
    for (; i <= columns - WIDTH && rows > 0; i += WIDTH) {
      advancePairColumn(
          d, i, dStride, b, bAt + i, bStride, x, xAt, rows, columns, t, tAt + i, tStride);
    }
    for (int l = 0; l < rows && i < columns; l++) {
      for (int j = i; j < columns; j++) {
        int at = tAt + l * columns + j;
        float t0 = t[at];
        float t1 = t[at + tStride];
        float first = b[bAt + j] * x[xAt + l];
        float second = b[bAt + bStride + j] * x[xAt + l];
        t[at] = Math.fma(d[j], t0, Math.fma(d[dStride + j], t1, first));
        t[at + tStride] =
            Math.fma(d[2 * dStride + j], t0, Math.fma(d[3 * dStride + j], t1, second));
      }
    }
  }

  private static void advancePairColumn(
      float[] d,
      int dAt,
      int dStride,
      float[] b,
      int bAt,
      int bStride,
      float[] x,
      int xAt,
      int rows,
      int columns,
      float[] t,
      int tAt,
      int tStride) {
    FloatVector d00 = FloatVector.fromArray(SPECIES, d, dAt);
    FloatVector d01 = FloatVector.fromArray(SPECIES, d, dAt + dStride);
    FloatVector d10 = FloatVector.fromArray(SPECIES, d, dAt + 2 * dStride);
    FloatVector d11 = FloatVector.fromArray(SPECIES, d, dAt + 3 * dStride);
    FloatVector first = FloatVector.fromArray(SPECIES, b, bAt);
    FloatVector second = FloatVector.fromArray(SPECIES, b, bAt + bStride);
    int l = 0;
    do {
      int row = tAt + l * columns;
      FloatVector input = FloatVector.broadcast(SPECIES, x[xAt + l]);
      FloatVector t0 = FloatVector.fromArray(SPECIES, t, row);
      FloatVector t1 = FloatVector.fromArray(SPECIES, t, row + tStride);
      FloatVector b0 = d01.fma(t1, first.mul(input));
      FloatVector b1 = d11.fma(t1, second.mul(input));
      d00.fma(t0, b0).intoArray(t, row);
      d10.fma(t0, b1).intoArray(t, row + tStride);
      l++;
    } while (l < rows);
  }
}
