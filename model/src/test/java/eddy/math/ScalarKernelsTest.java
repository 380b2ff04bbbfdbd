package eddy.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** The reference kernels against plain sums in double. */
class ScalarKernelsTest {
  private static final double TOLERANCE = 1e-5;

  private final Kernels kernels = new ScalarKernels();
  private final RandomStream random = new RandomStream(3);

  private float[] numbers(int length) {
    float[] result = new float[length];
    for (int i = 0; i < length; i++) {
      result[i] = (float) random.uniform(-1, 1);
    }
    return result;
  }

  @Test
  void addRows_matrix_equalsSums() {
    float[] x = numbers(5);
    float[] w = numbers(5 * 7);
    float[] y = numbers(7);
    float[] before = y.clone();
    kernels.addRows(x, 0, 5, w, 0, 7, y, 0);
    for (int j = 0; j < 7; j++) {
      double sum = before[j];
      for (int l = 0; l < 5; l++) {
        sum += (double) x[l] * w[l * 7 + j];
      }
      assertThat((double) y[j]).isCloseTo(sum, within(TOLERANCE));
    }
  }

  @Test
  void addOuter_vectors_addsTheirProduct() {
    float[] x = numbers(4);
    float[] a = numbers(5);
    float[] w = numbers(4 * 5);
    float[] before = w.clone();
    kernels.addOuter(x, 0, 4, a, 0, 5, w, 0);
    for (int i = 0; i < w.length; i++) {
      double expected = before[i] + (double) x[i / 5] * a[i % 5];
      assertThat((double) w[i]).isCloseTo(expected, within(TOLERANCE));
    }
  }

  @Test
  void dot_everyLength_equalsSum() {
    for (int length = 0; length < 70; length++) {
      float[] a = numbers(length);
      float[] b = numbers(length);
      double sum = 0;
      for (int i = 0; i < length; i++) {
        sum += (double) a[i] * b[i];
      }
      assertThat((double) kernels.dot(a, 0, b, 0, length)).isCloseTo(sum, within(TOLERANCE));
    }
  }

  @Test
  void squares_everyLength_equalSums() {
    for (int length : new int[] {0, 1, 63, 64, 65, 200, 257}) {
      float[] a = numbers(length);
      double sum = 0;
      for (float value : a) {
        sum += (double) value * value;
      }
      assertThat((double) kernels.squares(a, 0, length)).isCloseTo(sum, within(TOLERANCE));
    }
  }

  @Test
  void advanceTraces_threeRows_equalTheRecursionOfEach() {
    float[] d = {0.5f, -1f};
    float[] b = {9f, 2f, 3f};
    float[] t = {1f, 1f, 2f, 2f, 4f, 4f};
    kernels.advanceTraces(d, b, 1, new float[] {0f, 1f, -1f}, 0, 3, 2, t, 0);
    assertThat(t).containsExactly(0.5f, -1f, 3f, 1f, 0f, -7f);
  }

  @Test
  void addElementwise_twoRows_multipliesEachByTheSameFactors() {
    float[] y = {1f, 1f, 1f, 1f};
    kernels.addElementwise(new float[] {2f, 3f}, 0, new float[] {1f, 2f, 3f, 4f}, 0, y, 0, 2, 2);
    assertThat(y).containsExactly(3f, 7f, 7f, 13f);
  }

  @Test
  void advanceTracePairs_rotation_equalsComplexProduct() {
    float[] d = {0.6f, -0.8f, 0.8f, 0.6f};
    float[] t = {2f, 3f};
    float[] x = {2f};
    kernels.advanceTracePairs(d, 1, new float[] {0.5f, 0.25f}, 0, 1, x, 0, 1, 1, t, 0, 1);
    // (0.6 + 0.8i)(2 + 3i) + 1 + 0.5i
    assertThat(t[0]).isCloseTo(0.6f * 2 - 0.8f * 3 + 1f, within(1e-6f));
    assertThat(t[1]).isCloseTo(0.8f * 2 + 0.6f * 3 + 0.5f, within(1e-6f));
  }

  @Test
  void products_everyForm_equalSums() {
    int rows = 5;
    int inner = 6;
    int columns = 2 * Kernels.PANEL + 3;
    float[] a = numbers(rows * inner);
    float[] b = numbers(inner * columns);
    double[] expected = new double[rows * columns];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        for (int l = 0; l < inner; l++) {
          expected[i * columns + j] += (double) a[i * inner + l] * b[l * columns + j];
        }
      }
    }
    float[] transposed = new float[a.length];
    float[] panels = new float[b.length];
    for (int l = 0; l < inner; l++) {
      for (int i = 0; i < rows; i++) {
        transposed[l * rows + i] = a[i * inner + l];
      }
      for (int j = 0; j < columns; j++) {
        int panel = j / Kernels.PANEL * Kernels.PANEL;
        int width = Math.min(Kernels.PANEL, columns - panel);
        panels[panel * inner + l * width + j - panel] = b[l * columns + j];
      }
    }
    float[] byRow = new float[b.length];
    for (int i = 0; i < b.length; i++) {
      byRow[i % columns * inner + i / columns] = b[i];
    }
    float[] narrow = new float[b.length];
    Kernels.transpose(columns, inner, byRow, 0, narrow, 0);
    float[][] results = new float[5][rows * columns];
    kernels.addProduct(rows, inner, columns, a, 0, inner, b, 0, columns, results[0], 0, columns);
    kernels.addTransposedProduct(
        rows, inner, columns, transposed, 0, rows, b, 0, columns, results[1], 0, columns);
    kernels.addNarrowProduct(rows, inner, columns, a, 0, inner, narrow, 0, results[2], 0, columns);
    kernels.addPanelProduct(
        rows, inner, columns, a, 0, inner, panels, 0, false, results[3], 0, columns);
    kernels.addPanelProduct(
        rows, inner, columns, a, 0, inner, panels, 0, true, results[4], 0, columns);
    for (float[] result : results) {
      for (int i = 0; i < expected.length; i++) {
        assertThat((double) result[i]).isCloseTo(expected[i], within(TOLERANCE));
      }
    }
  }
}
