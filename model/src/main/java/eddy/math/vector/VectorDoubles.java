package eddy.math.vector;

import eddy.math.DoubleKernels;
import eddy.math.Exponential;
import eddy.math.Kernels;
import eddy.math.Trigonometry;
import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The loops over doubles on vectors. Sums run in loops that test at their end: before one that may
 * not run, C2 would box them. Holds scratch for reductions and row numbers: one per thread.
 */
final class VectorDoubles implements DoubleKernels {
  private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
  private static final int WIDTH = SPECIES.length();

  /** Columns whose sums stay in registers over all rows. */
  private static final int TILE = 4 * WIDTH;

  private final double[] lanes = new double[Kernels.LANES];

  /**
   * Rows that are not skipped: listed first, since a branch within a tile would box its vectors.
   */
  private int[] active = new int[0];

  private double[] cosines = new double[0];
  private double[] sines = new double[0];

  @Override
  public void addRows(double[] x, int rows, double[] w, int wAt, int columns, double[] y) {
    int count = list(x, rows);
    if (count == 0) {
      return;
    }
    int j = 0;
    for (; j <= columns - TILE; j += TILE) {
      addTile(x, count, w, wAt + j, columns, y, j);
    }
    for (; j <= columns - WIDTH; j += WIDTH) {
      addStrip(x, count, w, wAt + j, columns, y, j);
    }
    for (; j < columns; j++) {
      addColumn(x, count, w, wAt + j, columns, y, j);
    }
  }

  private int list(double[] x, int rows) {
    if (active.length < rows) {
      active = new int[rows];
    }
    int count = 0;
    for (int l = 0; l < rows; l++) {
      active[count] = l;
      count += x[l] != 0 ? 1 : 0;
    }
    return count;
  }

  private void addTile(double[] x, int count, double[] w, int wAt, int columns, double[] y, int j) {
    DoubleVector y0 = DoubleVector.fromArray(SPECIES, y, j);
    DoubleVector y1 = DoubleVector.fromArray(SPECIES, y, j + WIDTH);
    DoubleVector y2 = DoubleVector.fromArray(SPECIES, y, j + 2 * WIDTH);
    DoubleVector y3 = DoubleVector.fromArray(SPECIES, y, j + 3 * WIDTH);
    int n = 0;
    do {
      int at = wAt + active[n] * columns;
      DoubleVector factor = DoubleVector.broadcast(SPECIES, x[active[n]]);
      y0 = factor.fma(DoubleVector.fromArray(SPECIES, w, at), y0);
      y1 = factor.fma(DoubleVector.fromArray(SPECIES, w, at + WIDTH), y1);
      y2 = factor.fma(DoubleVector.fromArray(SPECIES, w, at + 2 * WIDTH), y2);
      y3 = factor.fma(DoubleVector.fromArray(SPECIES, w, at + 3 * WIDTH), y3);
      n++;
    } while (n < count);
    y0.intoArray(y, j);
    y1.intoArray(y, j + WIDTH);
    y2.intoArray(y, j + 2 * WIDTH);
    y3.intoArray(y, j + 3 * WIDTH);
  }

  private void addStrip(
      double[] x, int count, double[] w, int wAt, int columns, double[] y, int j) {
    DoubleVector sum = DoubleVector.fromArray(SPECIES, y, j);
    int n = 0;
    do {
      DoubleVector factor = DoubleVector.broadcast(SPECIES, x[active[n]]);
      sum = factor.fma(DoubleVector.fromArray(SPECIES, w, wAt + active[n] * columns), sum);
      n++;
    } while (n < count);
    sum.intoArray(y, j);
  }

  private void addColumn(
      double[] x, int count, double[] w, int wAt, int columns, double[] y, int j) {
    double sum = y[j];
    for (int n = 0; n < count; n++) {
      sum = Math.fma(x[active[n]], w[wAt + active[n] * columns], sum);
    }
    y[j] = sum;
  }

  @Override
  public void addOuter(double[] x, int rows, double[] a, int columns, double[] w, int wAt) {
    int count = list(x, rows);
    if (count == 0) {
      return;
    }
    int j = 0;
    for (; j <= columns - TILE; j += TILE) {
      addOuterTile(x, count, a, j, columns, w, wAt + j);
    }
    for (; j <= columns - WIDTH; j += WIDTH) {
      addOuterStrip(x, count, a, j, columns, w, wAt + j);
    }
    for (; j < columns; j++) {
      addOuterColumn(x, count, a[j], columns, w, wAt + j);
    }
  }

  private void addOuterTile(
      double[] x, int count, double[] a, int j, int columns, double[] w, int wAt) {
    DoubleVector a0 = DoubleVector.fromArray(SPECIES, a, j);
    DoubleVector a1 = DoubleVector.fromArray(SPECIES, a, j + WIDTH);
    DoubleVector a2 = DoubleVector.fromArray(SPECIES, a, j + 2 * WIDTH);
    DoubleVector a3 = DoubleVector.fromArray(SPECIES, a, j + 3 * WIDTH);
    int n = 0;
    do {
      int at = wAt + active[n] * columns;
      DoubleVector factor = DoubleVector.broadcast(SPECIES, x[active[n]]);
      DoubleVector w0 = DoubleVector.fromArray(SPECIES, w, at);
      DoubleVector w1 = DoubleVector.fromArray(SPECIES, w, at + WIDTH);
      DoubleVector w2 = DoubleVector.fromArray(SPECIES, w, at + 2 * WIDTH);
      DoubleVector w3 = DoubleVector.fromArray(SPECIES, w, at + 3 * WIDTH);
      factor.fma(a0, w0).intoArray(w, at);
      factor.fma(a1, w1).intoArray(w, at + WIDTH);
      factor.fma(a2, w2).intoArray(w, at + 2 * WIDTH);
      factor.fma(a3, w3).intoArray(w, at + 3 * WIDTH);
      n++;
    } while (n < count);
  }

  private void addOuterStrip(
      double[] x, int count, double[] a, int j, int columns, double[] w, int wAt) {
    DoubleVector row = DoubleVector.fromArray(SPECIES, a, j);
    int n = 0;
    do {
      int at = wAt + active[n] * columns;
      DoubleVector sum = DoubleVector.fromArray(SPECIES, w, at);
      DoubleVector.broadcast(SPECIES, x[active[n]]).fma(row, sum).intoArray(w, at);
      n++;
    } while (n < count);
  }

  private void addOuterColumn(double[] x, int count, double a, int columns, double[] w, int wAt) {
    for (int n = 0; n < count; n++) {
      int at = wAt + active[n] * columns;
      w[at] = Math.fma(x[active[n]], a, w[at]);
    }
  }

  @Override
  public double dot(double[] a, double[] b, int length) {
    int whole = length - length % Kernels.LANES;
    Arrays.fill(lanes, 0);
    for (int lane = 0; lane < Kernels.LANES && whole > 0; lane += WIDTH) {
      dotLanes(a, b, whole, lane);
    }
    for (int i = whole; i < length; i++) {
      lanes[i - whole] = Math.fma(a[i], b[i], lanes[i - whole]);
    }
    return DoubleKernels.sumLanes(lanes);
  }

  private void dotLanes(double[] a, double[] b, int length, int lane) {
    DoubleVector sum = DoubleVector.zero(SPECIES);
    int i = lane;
    do {
      DoubleVector factor = DoubleVector.fromArray(SPECIES, a, i);
      sum = factor.fma(DoubleVector.fromArray(SPECIES, b, i), sum);
      i += Kernels.LANES;
    } while (i < length);
    sum.intoArray(lanes, lane);
  }

  @Override
  public void exp(double[] x, int xAt, double[] y, int yAt, int length) {
    for (int i = VectorDoubleElementary.exp(x, xAt, y, yAt, length, 0); i < length; i++) {
      y[yAt + i] = Exponential.exp(x[xAt + i]);
    }
  }

  @Override
  public void expm1(double[] x, int xAt, double[] y, int yAt, int length) {
    for (int i = VectorDoubleElementary.exp(x, xAt, y, yAt, length, 1); i < length; i++) {
      y[yAt + i] = Exponential.expm1(x[xAt + i]);
    }
  }

  @Override
  public void polar(
      double[] r, int rAt, double[] x, int xAt, float[] out, int cosineAt, int sineAt, int length) {
    if (cosines.length < length) {
      cosines = new double[length];
      sines = new double[length];
    }
    int whole = VectorDoubleElementary.polar(r, rAt, x, xAt, cosines, sines, length);
    for (int i = 0; i < whole; i++) {
      out[cosineAt + i] = (float) cosines[i];
      out[sineAt + i] = (float) sines[i];
    }
    for (int i = whole; i < length; i++) {
      Trigonometry.polar(r[rAt + i], x[xAt + i], out, cosineAt + i, sineAt + i);
    }
  }
}
