package eddy.math;

import java.util.Arrays;

/**
 * Kernels in plain Java: the reference for every other implementation, and the fallback where the
 * vector module is not enabled.
 *
 * <p>Holds scratch for reductions: one instance per thread.
 */
public final class ScalarKernels implements Kernels {
  private final float[] lanes = new float[LANES];
  private final OptimizerKernels optimizers = new ScalarOptimizers();

  @Override
  public String name() {
    return "scalar";
  }

  @Override
  public void addRows(
      float[] x, int xAt, int rows, float[] w, int wAt, int columns, float[] y, int yAt) {
    for (int l = 0; l < rows; l++) {
      float factor = x[xAt + l];
      if (factor == 0f) {
        continue;
      }
      int row = wAt + l * columns;
      for (int j = 0; j < columns; j++) {
        y[yAt + j] = Math.fma(factor, w[row + j], y[yAt + j]);
      }
    }
  }

  @Override
  public void addOuter(
      float[] x, int xAt, int rows, float[] a, int aAt, int columns, float[] w, int wAt) {
    for (int l = 0; l < rows; l++) {
      float factor = x[xAt + l];
      if (factor == 0f) {
        continue;
      }
      int row = wAt + l * columns;
      for (int j = 0; j < columns; j++) {
        w[row + j] = Math.fma(factor, a[aAt + j], w[row + j]);
      }
    }
  }

  @Override
  public float dot(float[] a, int aAt, float[] b, int bAt, int length) {
    Arrays.fill(lanes, 0f);
    int whole = length - length % LANES;
    for (int i = 0; i < whole; i += LANES) {
      for (int lane = 0; lane < LANES; lane++) {
        lanes[lane] = Math.fma(a[aAt + i + lane], b[bAt + i + lane], lanes[lane]);
      }
    }
    for (int i = whole; i < length; i++) {
      lanes[i - whole] = Math.fma(a[aAt + i], b[bAt + i], lanes[i - whole]);
    }
    return Kernels.sumLanes(lanes);
  }

  @Override
  public void addElementwise(
      float[] a, int aAt, float[] b, int bAt, float[] y, int yAt, int length) {
    for (int i = 0; i < length; i++) {
      y[yAt + i] = Math.fma(a[aAt + i], b[bAt + i], y[yAt + i]);
    }
  }

  @Override
  public void advanceTrace(float[] d, float[] b, int bAt, float x, int length, float[] t, int tAt) {
    for (int i = 0; i < length; i++) {
      t[tAt + i] = Math.fma(d[i], t[tAt + i], b[bAt + i] * x);
    }
  }

  @Override
  public void advanceTracePair(
      float[] d,
      int dStride,
      float[] b,
      int bAt,
      int bStride,
      float x,
      int length,
      float[] t,
      int tAt,
      int tStride) {
    for (int i = 0; i < length; i++) {
      float t0 = t[tAt + i];
      float t1 = t[tAt + tStride + i];
      t[tAt + i] = Math.fma(d[i], t0, Math.fma(d[dStride + i], t1, b[bAt + i] * x));
      t[tAt + tStride + i] =
          Math.fma(
              d[2 * dStride + i], t0, Math.fma(d[3 * dStride + i], t1, b[bAt + bStride + i] * x));
    }
  }

  @Override
  public void tanh(float[] x, int at, int length) {
    for (int i = at; i < at + length; i++) {
      x[i] = Elementary.tanh(x[i]);
    }
  }

  @Override
  public void sigmoid(float[] x, int at, int length) {
    for (int i = at; i < at + length; i++) {
      x[i] = Elementary.sigmoid(x[i]);
    }
  }

  @Override
  public OptimizerKernels optimizers() {
    return optimizers;
  }
}
