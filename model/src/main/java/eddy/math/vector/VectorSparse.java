package eddy.math.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Products with a vector that may be mostly zero: its other elements are gathered first, so that
 * the sums can stay in registers with no branch among them. One instance per thread.
 */
final class VectorSparse {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int WIDTH = SPECIES.length();

  /** Elements that are not zero and where they stand; grow to the longest vector. */
  private float[] factors = new float[0];

  private int[] places = new int[0];

  /** y += x W, in the order of rows, without those whose factor is zero. Modifies only y. */
  void addRows(float[] x, int xAt, int rows, float[] w, int wAt, int columns, float[] y, int yAt) {
    int count = gather(x, xAt, rows);
    if (count == 0) {
      return;
    }
    int j = 0;
    for (; j <= columns - 4 * WIDTH; j += 4 * WIDTH) {
      rows4(count, columns, w, wAt + j, y, yAt + j);
    }
    for (; j <= columns - WIDTH; j += WIDTH) {
      rows1(count, columns, w, wAt + j, y, yAt + j);
    }
    for (int k = 0; k < count && j < columns; k++) {
      int row = wAt + places[k] * columns;
      for (int i = j; i < columns; i++) {
        y[yAt + i] = Math.fma(factors[k], w[row + i], y[yAt + i]);
      }
    }
  }

  /** W += x a', without the rows whose factor is zero. Modifies only w. */
  void addOuter(float[] x, int xAt, int rows, float[] a, int aAt, int columns, float[] w, int wAt) {
    int count = gather(x, xAt, rows);
    if (count == 0) {
      return;
    }
    int j = 0;
    for (; j <= columns - 2 * WIDTH; j += 2 * WIDTH) {
      outer2(count, columns, a, aAt + j, w, wAt + j);
    }
    for (; j <= columns - WIDTH; j += WIDTH) {
      outer1(count, columns, a, aAt + j, w, wAt + j);
    }
    for (; j < columns; j++) {
      outerColumn(count, columns, a[aAt + j], w, wAt + j);
    }
  }

  /** 2 vectors of columns. */
  private void outer2(int count, int columns, float[] a, int aAt, float[] w, int wAt) {
    FloatVector a0 = FloatVector.fromArray(SPECIES, a, aAt);
    FloatVector a1 = FloatVector.fromArray(SPECIES, a, aAt + WIDTH);
    int k = 0;
    do {
      int row = wAt + places[k] * columns;
      FloatVector factor = FloatVector.broadcast(SPECIES, factors[k]);
      FloatVector w0 = FloatVector.fromArray(SPECIES, w, row);
      FloatVector w1 = FloatVector.fromArray(SPECIES, w, row + WIDTH);
      factor.fma(a0, w0).intoArray(w, row);
      factor.fma(a1, w1).intoArray(w, row + WIDTH);
      k++;
    } while (k < count);
  }

  /** 1 vector of columns. */
  private void outer1(int count, int columns, float[] a, int aAt, float[] w, int wAt) {
    FloatVector a0 = FloatVector.fromArray(SPECIES, a, aAt);
    int k = 0;
    do {
      int row = wAt + places[k] * columns;
      FloatVector w0 = FloatVector.fromArray(SPECIES, w, row);
      FloatVector.broadcast(SPECIES, factors[k]).fma(a0, w0).intoArray(w, row);
      k++;
    } while (k < count);
  }

  private void outerColumn(int count, int columns, float a, float[] w, int wAt) {
    for (int k = 0; k < count; k++) {
      int at = wAt + places[k] * columns;
      w[at] = Math.fma(factors[k], a, w[at]);
    }
  }

  private int gather(float[] x, int xAt, int rows) {
    if (factors.length < rows) {
      factors = new float[rows];
      places = new int[rows];
    }
    int count = 0;
    for (int l = 0; l < rows; l++) {
      // stored always, kept where the count moves on
      factors[count] = x[xAt + l];
      places[count] = l;
      count += x[xAt + l] != 0f ? 1 : 0;
    }
    return count;
  }

  /** 4 vectors of columns. */
  private void rows4(int count, int columns, float[] w, int wAt, float[] y, int yAt) {
    FloatVector y0 = FloatVector.fromArray(SPECIES, y, yAt);
    FloatVector y1 = FloatVector.fromArray(SPECIES, y, yAt + WIDTH);
    FloatVector y2 = FloatVector.fromArray(SPECIES, y, yAt + 2 * WIDTH);
    FloatVector y3 = FloatVector.fromArray(SPECIES, y, yAt + 3 * WIDTH);
    int k = 0;
    do {
      int row = wAt + places[k] * columns;
      FloatVector factor = FloatVector.broadcast(SPECIES, factors[k]);
      y0 = factor.fma(FloatVector.fromArray(SPECIES, w, row), y0);
      y1 = factor.fma(FloatVector.fromArray(SPECIES, w, row + WIDTH), y1);
      y2 = factor.fma(FloatVector.fromArray(SPECIES, w, row + 2 * WIDTH), y2);
      y3 = factor.fma(FloatVector.fromArray(SPECIES, w, row + 3 * WIDTH), y3);
      k++;
    } while (k < count);
    y0.intoArray(y, yAt);
    y1.intoArray(y, yAt + WIDTH);
    y2.intoArray(y, yAt + 2 * WIDTH);
    y3.intoArray(y, yAt + 3 * WIDTH);
  }

  /** 1 vector of columns. */
  private void rows1(int count, int columns, float[] w, int wAt, float[] y, int yAt) {
    FloatVector y0 = FloatVector.fromArray(SPECIES, y, yAt);
    int k = 0;
    do {
      int row = wAt + places[k] * columns;
      FloatVector factor = FloatVector.broadcast(SPECIES, factors[k]);
      y0 = factor.fma(FloatVector.fromArray(SPECIES, w, row), y0);
      k++;
    } while (k < count);
    y0.intoArray(y, yAt);
  }
}
