package eddy.math;

import java.util.Arrays;

/** The loops over doubles in plain Java. Holds scratch for reductions: one per thread. */
public final class ScalarDoubles implements DoubleKernels {
  private final double[] lanes = new double[Kernels.LANES];

  @Override
  public void addRows(double[] x, int rows, double[] w, int wAt, int columns, double[] y) {
    for (int l = 0; l < rows; l++) {
      double factor = x[l];
      if (factor == 0) {
        continue;
      }
      int row = wAt + l * columns;
      for (int j = 0; j < columns; j++) {
        y[j] = Math.fma(factor, w[row + j], y[j]);
      }
    }
  }

  @Override
  public void addOuter(double[] x, int rows, double[] a, int columns, double[] w, int wAt) {
    for (int l = 0; l < rows; l++) {
      double factor = x[l];
      if (factor == 0) {
        continue;
      }
      int row = wAt + l * columns;
      for (int j = 0; j < columns; j++) {
        w[row + j] = Math.fma(factor, a[j], w[row + j]);
      }
    }
  }

  @Override
  public double dot(double[] a, double[] b, int length) {
    Arrays.fill(lanes, 0);
    for (int i = 0; i < length; i++) {
      int lane = i % Kernels.LANES;
      lanes[lane] = Math.fma(a[i], b[i], lanes[lane]);
    }
    return DoubleKernels.sumLanes(lanes);
  }

  @Override
  public void exp(double[] x, int xAt, double[] y, int yAt, int length) {
    for (int i = 0; i < length; i++) {
      y[yAt + i] = Exponential.exp(x[xAt + i]);
    }
  }

  @Override
  public void expm1(double[] x, int xAt, double[] y, int yAt, int length) {
    for (int i = 0; i < length; i++) {
      y[yAt + i] = Exponential.expm1(x[xAt + i]);
    }
  }

  @Override
  public void polar(
      double[] r, int rAt, double[] x, int xAt, float[] out, int cosineAt, int sineAt, int length) {
    for (int i = 0; i < length; i++) {
      Trigonometry.polar(r[rAt + i], x[xAt + i], out, cosineAt + i, sineAt + i);
    }
  }
}
