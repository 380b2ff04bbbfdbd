package eddy.math;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The vector kernels against the scalar twin, bit for bit. The build runs it with vectors of 128
 * and 256 bits too, so that equality to the twin is equality across widths.
 */
@Tag("vector")
class KernelsContractTest {
  private static final int AT = 3;

  private final Kernels vector = Kernels.fastest();
  private final Kernels scalar = new ScalarKernels();
  private final RandomStream random = new RandomStream(5);

  /** What both implementations are asked to do to {@code target}. */
  private interface Operation {
    void run(Kernels kernels, float[] target);
  }

  private float[] numbers(int length) {
    float[] result = new float[length];
    for (int i = 0; i < length; i++) {
      // zeros take a path of their own
      result[i] = random.nextDouble() < 0.1 ? 0f : (float) (3 * random.nextGaussian());
    }
    return result;
  }

  private void same(String name, int length, Operation operation) {
    float[] expected = numbers(length);
    float[] actual = expected.clone();
    operation.run(scalar, expected);
    operation.run(vector, actual);
    for (int i = 0; i < length; i++) {
      assertThat(Float.floatToRawIntBits(actual[i]))
          .as("%s, element %d of %d: %s against %s", name, i, length, actual[i], expected[i])
          .isEqualTo(Float.floatToRawIntBits(expected[i]));
    }
  }

  @Test
  void fastest_withTheModule_isTheVectorImplementation() {
    String bits = System.getProperty("eddy.vector.bits", "(128|256|512)");
    assertThat(vector.name()).matches("vector-" + bits);
  }

  @Test
  void everyOperation_everyLength_sameBitsAsScalar() {
    for (int n = 0; n <= 150; n++) {
      int columns = n;
      int rows = 1 + n % 7;
      float[] x = numbers(rows + AT);
      float[] w = numbers(rows * columns + AT);
      float[] a = numbers(4 * columns + AT);
      float[] b = numbers(4 * columns + AT);
      same("addRows", n + AT, (k, y) -> k.addRows(x, AT, rows, w, AT, columns, y, AT));
      same("addOuter", rows * n + AT, (k, y) -> k.addOuter(x, AT, rows, a, AT, columns, y, AT));
      for (int planes = 1; planes <= 3; planes++) {
        int count = planes;
        float[] d = numbers(planes * 4 * n + AT);
        same(
            "contractPlanes",
            4 * n + AT,
            (k, y) -> k.contractPlanes(count, 4, columns, d, AT, a, AT, y, AT));
      }
      same(
          "addElementwise",
          rows * n + AT,
          (k, y) -> k.addElementwise(a, AT, w, AT, y, AT, rows, columns));
      same(
          "advanceTraces",
          rows * n + AT,
          (k, y) -> k.advanceTraces(a, b, AT, x, AT, rows, columns, y, AT));
      int plane = rows * columns;
      float[] pairs = numbers(2 * plane + AT);
      same(
          "advanceTracePairs",
          2 * plane + AT,
          (k, y) ->
              k.advanceTracePairs(a, columns, b, AT, columns, x, AT, rows, columns, y, AT, plane));
      same(
          "addElementwisePairs",
          plane + AT,
          (k, y) -> k.addElementwisePairs(a, columns, pairs, AT, plane, y, AT, rows, columns));
      same("squares", 1, (k, y) -> y[0] = k.squares(a, AT, columns));
      same("tanh", n + AT, (k, y) -> k.tanh(y, AT, columns));
      same("sigmoid", n + AT, (k, y) -> k.sigmoid(y, AT, columns));
      same("addDots", rows + AT, (k, y) -> k.addDots(w, AT, rows, columns, b, 0, y, AT));
      if (n > 0) {
        same("softmax", n + AT, (k, y) -> k.softmax(a, AT, columns, y, AT));
        same("softmax in place", n + AT, (k, y) -> k.softmax(y, AT, columns, y, AT));
      }
      same("dot", 1, (k, y) -> y[0] = k.dot(a, AT, b, AT, columns));
    }
  }

  @Test
  void functions_extremes_sameBitsAsScalar() {
    float[] extremes = {
      0f,
      -0f,
      1e-40f,
      88f,
      -88f,
      87f,
      -87f,
      9.1f,
      -9.2f,
      1e30f,
      -1e30f,
      Float.MAX_VALUE,
      Float.POSITIVE_INFINITY,
      Float.NEGATIVE_INFINITY,
      Float.MIN_VALUE,
      5e-8f
    };
    float[] tanh = Arrays.copyOf(extremes, extremes.length);
    float[] sigmoid = Arrays.copyOf(extremes, extremes.length);
    vector.tanh(tanh, 0, extremes.length);
    vector.sigmoid(sigmoid, 0, extremes.length);
    for (int i = 0; i < extremes.length; i++) {
      assertThat(tanh[i]).as("tanh %s", extremes[i]).isEqualTo(Elementary.tanh(extremes[i]));
      assertThat(sigmoid[i])
          .as("sigmoid %s", extremes[i])
          .isEqualTo(Elementary.sigmoid(extremes[i]));
    }
  }

  @Test
  void optimizers_everyLength_sameBitsAsScalar() {
    for (int n = 0; n <= 70; n++) {
      int length = n;
      float[] g = numbers(n + AT);
      float[] w = numbers(n + AT);
      // squares, of which some are zero
      float[] squares = numbers(2 * n + 2 * AT);
      for (int i = 0; i < squares.length; i++) {
        squares[i] *= squares[i];
      }
      float scale = (float) random.nextDouble();
      sameStep("sgd", w, (k, y) -> k.sgd(g, scale, 0.1f, y, AT, length));
      for (boolean weights : new boolean[] {true, false}) {
        sameStep(
            "momentum",
            weights ? w : squares,
            (k, y) ->
                k.momentum(
                    g, scale, 0.1f, or(weights, y, w), or(!weights, y, squares), AT, length));
        sameStep(
            "adagrad",
            weights ? w : squares,
            (k, y) ->
                k.adaGrad(g, scale, 0.1f, or(weights, y, w), or(!weights, y, squares), AT, length));
        sameStep(
            "rmsprop",
            weights ? w : squares,
            (k, y) ->
                k.rmsProp(g, scale, 0.1f, or(weights, y, w), or(!weights, y, squares), AT, length));
        sameStep(
            "adam",
            weights ? w : squares,
            (k, y) ->
                k.adam(
                    g, scale, 0.1f, 1.5f, or(weights, y, w), or(!weights, y, squares), AT, length));
      }
      sameStep("clamp", w, (k, y) -> k.clamp(y, 1.5f, AT, length));
      sameStep("magnitude", new float[1], (k, y) -> y[0] = k.magnitude(g, AT, length));
    }
  }

  /** The array under test, or a copy of another, so that a run leaves that one alone. */
  private static float[] or(boolean tested, float[] target, float[] other) {
    return tested ? target : other.clone();
  }

  /** What both implementations are asked to do to {@code target}. */
  private interface Step {
    void run(OptimizerKernels kernels, float[] target);
  }

  private void sameStep(String name, float[] start, Step step) {
    float[] expected = start.clone();
    float[] actual = start.clone();
    step.run(scalar.optimizers(), expected);
    step.run(vector.optimizers(), actual);
    assertThat(bits(actual)).as("%s of %d", name, start.length).isEqualTo(bits(expected));
  }

  private static int[] bits(float[] values) {
    int[] bits = new int[values.length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Float.floatToRawIntBits(values[i]);
    }
    return bits;
  }

  /** Shapes with whole tiles, remainders of rows, vectors and elements, and nothing at all. */
  @Test
  void everyProduct_everyShape_sameBitsAsScalar() {
    for (int n = 0; n <= 150; n++) {
      int rows = n % 11;
      int inner = (n * 7) % 23;
      int columns = n;
      int stride = columns + n % 3;
      float[] a = numbers((rows + 2) * (inner + 2) + AT);
      float[] b = numbers(inner * stride + AT);
      int length = rows * stride + AT;
      same(
          "addProduct",
          length,
          (k, c) ->
              k.addProduct(rows, inner, columns, a, AT, inner + 1, b, AT, stride, c, AT, stride));
      same(
          "addTransposedProduct",
          length,
          (k, c) ->
              k.addTransposedProduct(
                  rows, inner, columns, a, AT, rows + 1, b, AT, stride, c, AT, stride));
      same(
          "addNarrowProduct",
          length,
          (k, c) ->
              k.addNarrowProduct(rows, inner, columns, a, AT, inner + 1, b, AT, c, AT, stride));
      boolean reversed = n % 2 == 0;
      same(
          "addPanelProduct",
          length,
          (k, c) ->
              k.addPanelProduct(
                  rows, inner, columns, a, AT, inner + 1, b, AT, reversed, c, AT, stride));
    }
  }

  @Test
  void addDots_manyRows_sameBitsAsScalar() {
    float[] w = numbers(100 * 40);
    float[] x = numbers(40);
    for (int rows : new int[] {15, 16, 17, 32, 100}) {
      same("addDots", rows, (k, y) -> k.addDots(w, 0, rows, 40, x, 0, y, 0));
    }
  }

  @Test
  void softmax_anyNaN_isNaNEverywhereInBoth() {
    for (int length : new int[] {3, 40}) {
      float[] z = numbers(length);
      z[length / 2] = Float.NaN;
      for (Kernels kernels : new Kernels[] {scalar, vector}) {
        float[] p = new float[length];
        kernels.softmax(z, 0, length, p, 0);
        assertThat(p).as(kernels.name()).containsOnly(Float.NaN);
      }
    }
  }

  @Test
  void doubles_everyLength_sameBitsAsScalar() {
    for (int n = 0; n <= 70; n++) {
      int rows = 1 + n % 9;
      double[] x = doubles(rows);
      double[] a = doubles(n);
      double[] b = doubles(n);
      double[] w = doubles(AT + rows * n);
      double[][] rowSums = {a.clone(), a.clone()};
      double[][] outer = {w.clone(), w.clone()};
      double[] dots = new double[2];
      for (int i = 0; i < 2; i++) {
        DoubleKernels kernels = (i == 0 ? scalar : vector).doubles();
        kernels.addRows(x, rows, w, AT, n, rowSums[i]);
        kernels.addOuter(x, rows, a, n, outer[i], AT);
        dots[i] = kernels.dot(a, b, n);
      }
      assertThat(bits(rowSums[1])).as("addRows of %d", n).isEqualTo(bits(rowSums[0]));
      assertThat(bits(outer[1])).as("addOuter of %d", n).isEqualTo(bits(outer[0]));
      assertThat(dots[1]).as("dot of %d", n).isEqualTo(dots[0]);
    }
  }

  @Test
  void doubleFunctions_everyLengthAndSize_sameBitsAsScalar() {
    for (int n = 0; n <= 70; n++) {
      double[] x = new double[n + AT];
      double[] r = new double[n + AT];
      for (int i = 0; i < x.length; i++) {
        x[i] = random.uniform(-1, 1) * StrictMath.pow(10, random.uniform(-9, 4));
        r[i] = random.uniform(-1, 1);
      }
      if (n > 8) {
        double[] extremes = {0, -0.0, 710, -710, Double.NaN, 1e300, Double.NEGATIVE_INFINITY};
        System.arraycopy(extremes, 0, x, AT, extremes.length);
      }
      double[][] exp = {x.clone(), x.clone()};
      double[][] expm1 = {x.clone(), x.clone()};
      float[][] sides = new float[2][2 * n + AT];
      for (int i = 0; i < 2; i++) {
        DoubleKernels kernels = (i == 0 ? scalar : vector).doubles();
        kernels.exp(x, AT, exp[i], AT, n);
        kernels.expm1(expm1[i], AT, expm1[i], AT, n);
        kernels.polar(r, AT, x, AT, sides[i], AT, AT + n, n);
      }
      // any NaN is NaN
      assertThat(exp[1]).as("exp of %d", n).isEqualTo(exp[0]);
      assertThat(expm1[1]).as("expm1 of %d", n).isEqualTo(expm1[0]);
      assertThat(sides[1]).as("polar of %d", n).isEqualTo(sides[0]);
    }
  }

  private double[] doubles(int length) {
    double[] result = new double[length];
    for (int i = 0; i < length; i++) {
      result[i] = random.nextDouble() < 0.3 ? 0 : random.nextGaussian();
    }
    return result;
  }

  private static long[] bits(double[] values) {
    long[] bits = new long[values.length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Double.doubleToRawLongBits(values[i]);
    }
    return bits;
  }
}
