package eddy.math.vector;

import eddy.math.DoubleKernels;
import eddy.math.Elementary;
import eddy.math.Kernels;
import eddy.math.OptimizerKernels;
import eddy.math.ScalarKernels;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Kernels on the Vector API, in the widest vectors of the machine.
 *
 * <p>Loaded by name only, so that nothing else depends on the incubator module. Methods are kept
 * small: in a large one C2 stops inlining vector operations and boxes every vector, silently. No
 * vector lives across a branch or before a loop that may not run, for the same reason. Holds
 * scratch for reductions: one instance per thread.
 */
public final class VectorKernels implements Kernels {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int WIDTH = SPECIES.length();

  private final float[] lanes = new float[LANES];
  private final VectorTraces traces = new VectorTraces();
  private final OptimizerKernels optimizers = new VectorOptimizers();
  private final VectorPanels panelProducts = new VectorPanels();
  private final VectorSparse sparse = new VectorSparse();
  private final DoubleKernels doubles = new VectorDoubles();
  private final VectorRows rows = new VectorRows();

  /** Throws UnsupportedOperationException where vectors are wider than the virtual lanes. */
  public VectorKernels() {
    if (LANES % WIDTH != 0) {
      throw new UnsupportedOperationException(
          "vectors of " + WIDTH + " floats do not divide " + LANES + " virtual lanes");
    }
  }

  @Override
  public String name() {
    return "vector-" + SPECIES.vectorBitSize();
  }

  @Override
  public void addRows(
      float[] x, int xAt, int rows, float[] w, int wAt, int columns, float[] y, int yAt) {
    if (rows == 1 && x[xAt] != 0f) {
      addScaled(x[xAt], w, wAt, columns, y, yAt);
    } else {
      sparse.addRows(x, xAt, rows, w, wAt, columns, y, yAt);
    }
  }

  @Override
  public void addOuter(
      float[] x, int xAt, int rows, float[] a, int aAt, int columns, float[] w, int wAt) {
    if (rows > 1) {
      sparse.addOuter(x, xAt, rows, a, aAt, columns, w, wAt);
    } else if (rows == 1 && x[xAt] != 0f) {
      addScaled(x[xAt], a, aAt, columns, w, wAt);
    }
  }

  private static void addScaled(float scalar, float[] a, int aAt, int length, float[] y, int yAt) {
    int i = 0;
    for (; i <= length - WIDTH; i += WIDTH) {
      FloatVector factor = FloatVector.broadcast(SPECIES, scalar);
      FloatVector sum = FloatVector.fromArray(SPECIES, y, yAt + i);
      factor.fma(FloatVector.fromArray(SPECIES, a, aAt + i), sum).intoArray(y, yAt + i);
    }
    for (; i < length; i++) {
      y[yAt + i] = Math.fma(scalar, a[aAt + i], y[yAt + i]);
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
    VectorProducts.add(rows, inner, columns, a, aAt, aStride, 1, b, bAt, bStride, c, cAt, cStride);
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
    VectorProducts.add(rows, inner, columns, a, aAt, 1, aStride, b, bAt, bStride, c, cAt, cStride);
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
    panelProducts.add(
        rows, inner, columns, a, aAt, aStride, panels, panelsAt, reversed, c, cAt, cStride);
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
    VectorProducts.addNarrow(rows, inner, columns, a, aAt, aStride, b, bAt, c, cAt, cStride);
  }

  @Override
  public float dot(float[] a, int aAt, float[] b, int bAt, int length) {
    int whole = length - length % LANES;
    for (int lane = 0; lane < LANES; lane += WIDTH) {
      dotLanes(a, aAt + lane, b, bAt + lane, whole, lane);
    }
    for (int i = whole; i < length; i++) {
      lanes[i - whole] = Math.fma(a[aAt + i], b[bAt + i], lanes[i - whole]);
    }
    return Kernels.sumLanes(lanes);
  }

  private void dotLanes(float[] a, int aAt, float[] b, int bAt, int length, int lane) {
    FloatVector sum = FloatVector.zero(SPECIES);
    for (int i = 0; i < length; i += LANES) {
      FloatVector factor = FloatVector.fromArray(SPECIES, a, aAt + i);
      sum = factor.fma(FloatVector.fromArray(SPECIES, b, bAt + i), sum);
    }
    sum.intoArray(lanes, lane);
  }

  @Override
  public void addDots(
      float[] w, int wAt, int count, int columns, float[] x, int xAt, float[] y, int yAt) {
    rows.addDots(w, wAt, count, columns, x, xAt, y, yAt);
  }

  @Override
  public void softmax(float[] z, int zAt, int length, float[] p, int pAt) {
    rows.softmax(z, zAt, length, p, pAt);
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
    int whole = units - units % WIDTH;
    int plane = blocks * units;
    for (int u = 0; u < whole; u += WIDTH) {
      if (planes == 2) {
        contractPair(plane, units, d, dAt + u, a, aAt + u, y, yAt + u);
      } else {
        multiplyPlane(plane, units, d, dAt + u, a, aAt + u, y, yAt + u);
        for (int r = 1; r < planes; r++) {
          addPlane(plane, units, d, dAt + r * plane + u, a, aAt + r * units + u, y, yAt + u);
        }
      }
    }
    if (whole < units) {
      ScalarKernels.contractUnits(planes, blocks, units, whole, d, dAt, a, aAt, y, yAt);
    }
  }

  private static void contractPair(
      int plane, int units, float[] d, int dAt, float[] a, int aAt, float[] y, int yAt) {
    for (int at = 0; at < plane; at += units) {
      FloatVector a0 = FloatVector.fromArray(SPECIES, a, aAt);
      FloatVector a1 = FloatVector.fromArray(SPECIES, a, aAt + units);
      FloatVector d0 = FloatVector.fromArray(SPECIES, d, dAt + at);
      FloatVector d1 = FloatVector.fromArray(SPECIES, d, dAt + plane + at);
      d1.fma(a1, d0.mul(a0)).intoArray(y, yAt + at);
    }
  }

  private static void multiplyPlane(
      int plane, int units, float[] d, int dAt, float[] a, int aAt, float[] y, int yAt) {
    for (int at = 0; at < plane; at += units) {
      FloatVector factor = FloatVector.fromArray(SPECIES, a, aAt);
      FloatVector.fromArray(SPECIES, d, dAt + at).mul(factor).intoArray(y, yAt + at);
    }
  }

  private static void addPlane(
      int plane, int units, float[] d, int dAt, float[] a, int aAt, float[] y, int yAt) {
    for (int at = 0; at < plane; at += units) {
      FloatVector factor = FloatVector.fromArray(SPECIES, a, aAt);
      FloatVector sum = FloatVector.fromArray(SPECIES, y, yAt + at);
      FloatVector.fromArray(SPECIES, d, dAt + at).fma(factor, sum).intoArray(y, yAt + at);
    }
  }

  @Override
  public float squares(float[] a, int aAt, int length) {
    return traces.squares(a, aAt, length);
  }

  @Override
  public void addElementwise(
      float[] a, int aAt, float[] b, int bAt, float[] y, int yAt, int rows, int columns) {
    traces.addElementwise(a, aAt, b, bAt, y, yAt, rows, columns);
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
    traces.addElementwisePairs(a, aStride, b, bAt, bStride, y, yAt, rows, columns);
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
    traces.advance(d, b, bAt, x, xAt, rows, columns, t, tAt);
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
    traces.advancePairs(d, dStride, b, bAt, bStride, x, xAt, rows, columns, t, tAt, tStride);
  }

  @Override
  public void tanh(float[] x, int at, int length) {
    for (int i = VectorElementary.tanh(x, at, at + length); i < at + length; i++) {
      x[i] = Elementary.tanh(x[i]);
    }
  }

  @Override
  public void sigmoid(float[] x, int at, int length) {
    for (int i = VectorElementary.sigmoid(x, at, at + length); i < at + length; i++) {
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
