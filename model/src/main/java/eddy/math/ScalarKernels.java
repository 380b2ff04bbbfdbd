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
  private final float[] many = new float[SQUARE_LANES];
  private final OptimizerKernels optimizers = new ScalarOptimizers();
  private final DoubleKernels doubles = new ScalarDoubles();

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
      addScaled(factor, w, wAt + l * columns, columns, y, yAt);
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
      addScaled(factor, a, aAt, columns, w, wAt + l * columns);
    }
  }

  @Override
  public void addProduct(
      int rows,
      int inner,
      int columns,
      float[] a,
      int aAt,
      int aStride,
      float[] b,
      int bAt,
      int bStride,
      float[] c,
      int cAt,
      int cStride) {
    for (int i = 0; i < rows; i++) {
      for (int l = 0; l < inner; l++) {
        addScaled(a[aAt + i * aStride + l], b, bAt + l * bStride, columns, c, cAt + i * cStride);
      }
    }
  }

  @Override
  public void addTransposedProduct(
      int rows,
      int inner,
      int columns,
      float[] a,
      int aAt,
      int aStride,
      float[] b,
      int bAt,
      int bStride,
      float[] c,
      int cAt,
      int cStride) {
    for (int i = 0; i < rows; i++) {
      for (int l = 0; l < inner; l++) {
        addScaled(a[aAt + l * aStride + i], b, bAt + l * bStride, columns, c, cAt + i * cStride);
      }
    }
  }

  @Override
  public void addPanelProduct(
      int rows,
      int inner,
      int columns,
      float[] a,
      int aAt,
      int aStride,
      float[] panels,
      int panelsAt,
      boolean reversed,
      float[] c,
      int cAt,
      int cStride) {
    for (int j = 0; j < columns; j += PANEL) {
      int width = Math.min(PANEL, columns - j);
      int panel = panelsAt + j * inner;
      addProduct(rows, inner, width, a, aAt, aStride, panels, panel, width, c, cAt + j, cStride);
    }
  }

  private static void addScaled(float factor, float[] a, int aAt, int length, float[] y, int yAt) {
    for (int j = 0; j < length; j++) {
      y[yAt + j] = Math.fma(factor, a[aAt + j], y[yAt + j]);
    }
  }

  @Override
  public void addNarrowProduct(
      int rows,
      int inner,
      int columns,
      float[] a,
      int aAt,
      int aStride,
      float[] b,
      int bAt,
      float[] c,
      int cAt,
      int cStride) {
    int whole = inner & ~3;
    for (int j = 0; j < columns; j += NARROW) {
      int width = Math.min(NARROW, columns - j);
      int panel = bAt + j * inner;
      for (int i = 0; i < rows; i++) {
        addNarrowRow(whole, width, 0, a, aAt + i * aStride, b, panel, c, cAt + i * cStride + j);
      }
      int rest = panel + whole * width;
      addProduct(
          rows, inner - whole, width, a, aAt + whole, aStride, b, rest, width, c, cAt + j, cStride);
    }
  }

  /** The columns from one on of one row of a narrow product. Modifies only c. */
  public static void addNarrowRow(
      int whole,
      int columns,
      int from,
      float[] a,
      int aAt,
      float[] b,
      int bAt,
      float[] c,
      int cAt) {
    for (int j = from; j < columns; j++) {
      float s0 = 0f;
      float s1 = 0f;
      float s2 = 0f;
      float s3 = 0f;
      for (int l = 0; l < whole; l += 4) {
        int at = bAt + l * columns + j;
        s0 = Math.fma(a[aAt + l], b[at], s0);
        s1 = Math.fma(a[aAt + l + 1], b[at + columns], s1);
        s2 = Math.fma(a[aAt + l + 2], b[at + 2 * columns], s2);
        s3 = Math.fma(a[aAt + l + 3], b[at + 3 * columns], s3);
      }
      c[cAt + j] += (s0 + s1) + (s2 + s3);
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
  public void addDots(
      float[] w, int wAt, int rows, int columns, float[] x, int xAt, float[] y, int yAt) {
    for (int l = 0; l < rows; l++) {
      y[yAt + l] += dot(w, wAt + l * columns, x, xAt, columns);
    }
  }

  @Override
  public void softmax(float[] z, int zAt, int length, float[] p, int pAt) {
    float largest = Float.NEGATIVE_INFINITY;
    for (int i = 0; i < length; i++) {
      largest = z[zAt + i] > largest ? z[zAt + i] : largest;
    }
    Arrays.fill(lanes, 0f);
    for (int i = 0; i < length; i++) {
      p[pAt + i] = Elementary.exp(z[zAt + i] - largest);
      lanes[i % LANES] += p[pAt + i];
    }
    float sum = Kernels.sumLanes(lanes);
    for (int i = 0; i < length; i++) {
      p[pAt + i] /= sum;
    }
  }

  @Override
  public void contractPlanes(
      int planes,
      int blocks,
      int units,
      float[] d,
      int dAt,
      float[] a,
      int aAt,
      float[] y,
      int yAt) {
    contractUnits(planes, blocks, units, 0, d, dAt, a, aAt, y, yAt);
  }

  /** The same for the units from one on. Modifies only y. */
  public static void contractUnits(
      int planes,
      int blocks,
      int units,
      int from,
      float[] d,
      int dAt,
      float[] a,
      int aAt,
      float[] y,
      int yAt) {
    for (int b = 0; b < blocks; b++) {
      for (int u = from; u < units; u++) {
        y[yAt + b * units + u] = d[dAt + b * units + u] * a[aAt + u];
      }
      for (int r = 1; r < planes; r++) {
        int at = dAt + (r * blocks + b) * units;
        for (int u = from; u < units; u++) {
          y[yAt + b * units + u] =
              Math.fma(d[at + u], a[aAt + r * units + u], y[yAt + b * units + u]);
        }
      }
    }
  }

  @Override
  public float squares(float[] a, int aAt, int length) {
    Arrays.fill(many, 0f);
    int whole = length - length % SQUARE_LANES;
    for (int i = 0; i < whole; i += SQUARE_LANES) {
      for (int lane = 0; lane < SQUARE_LANES; lane++) {
        many[lane] = Math.fma(a[aAt + i + lane], a[aAt + i + lane], many[lane]);
      }
    }
    for (int i = whole; i < length; i++) {
      many[i - whole] = Math.fma(a[aAt + i], a[aAt + i], many[i - whole]);
    }
    return Kernels.sumSquareLanes(many);
  }

  @Override
  public void addElementwise(
      float[] a, int aAt, float[] b, int bAt, float[] y, int yAt, int rows, int columns) {
    for (int l = 0; l < rows; l++) {
      int row = l * columns;
      for (int i = 0; i < columns; i++) {
        y[yAt + row + i] = Math.fma(a[aAt + i], b[bAt + row + i], y[yAt + row + i]);
      }
    }
  }

  @Override
  public void addElementwisePairs(
      float[] a,
      int aStride,
      float[] b,
      int bAt,
      int bStride,
      float[] y,
      int yAt,
      int rows,
      int columns) {
    for (int l = 0; l < rows; l++) {
      int row = l * columns;
      for (int j = 0; j < columns; j++) {
        float first = Math.fma(a[j], b[bAt + row + j], y[yAt + row + j]);
        y[yAt + row + j] = Math.fma(a[aStride + j], b[bAt + bStride + row + j], first);
      }
    }
  }

  @Override
  public void advanceTraces(
      float[] d,
      float[] b,
      int bAt,
      float[] x,
      int xAt,
      int rows,
      int columns,
      float[] t,
      int tAt) {
    for (int l = 0; l < rows; l++) {
      int row = tAt + l * columns;
      for (int i = 0; i < columns; i++) {
        t[row + i] = Math.fma(d[i], t[row + i], b[bAt + i] * x[xAt + l]);
      }
    }
  }

  @Override
  public void advanceTracePairs(
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
    for (int l = 0; l < rows; l++) {
      float input = x[xAt + l];
      for (int i = 0; i < columns; i++) {
        int at = tAt + l * columns + i;
        float t0 = t[at];
        float t1 = t[at + tStride];
        t[at] = Math.fma(d[i], t0, Math.fma(d[dStride + i], t1, b[bAt + i] * input));
        float immediate = b[bAt + bStride + i] * input;
        t[at + tStride] =
            Math.fma(d[2 * dStride + i], t0, Math.fma(d[3 * dStride + i], t1, immediate));
      }
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

  @Override
  public DoubleKernels doubles() {
    return doubles;
  }
}
