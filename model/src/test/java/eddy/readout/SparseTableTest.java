package eddy.readout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import eddy.math.RandomStream;
import eddy.math.ScalarKernels;
import eddy.optim.AdaGrad;
import eddy.optim.Clip;
import eddy.optim.GradientStep;
import eddy.optim.Optimizer;
import eddy.optim.Schedule;
import eddy.optim.Sgd;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Active rows against the same features written out as inputs that are 0 or c.
 *
 * <p>An input's gradient is c times the row's, and its weight counts c times in the output. So
 * under plain descent c c = 2 is a row that takes steps twice as large.
 */
class SparseTableTest {
  private static final int DENSE = 3;
  private static final int ROWS = 20;
  private static final int OUTPUTS = 6;
  private static final List<Slice> SLICES =
      List.of(new Slice(0, 4, new Softmax()), new Slice(4, 2, new Softmax()));

  private static final Clip NO_CLIP = new Clip(Clip.Kind.NONE, 1);

  private final ScalarKernels kernels = new ScalarKernels();
  private final RandomStream random = new RandomStream(3);

  private GradientReadout readout(int features, int rows, Optimizer optimizer, Clip clip) {
    return new GradientReadout(
        kernels,
        features,
        0,
        new RowRange(0, rows, rows == 0 ? 0 : 2),
        0,
        OUTPUTS,
        SLICES,
        new GradientStep(kernels, optimizer, clip, Schedule.CONSTANT));
  }

  @Test
  void learn_activeRows_equalsInputsThatAreOne() {
    GradientReadout sparse = readout(DENSE, ROWS, new Sgd(0.05f), NO_CLIP);
    GradientReadout dense = readout(DENSE + ROWS, 0, new Sgd(0.05f), NO_CLIP);
    ReadoutWeights sparseWeights = sparse.newWeights(random);
    ReadoutWeights denseWeights = dense.newWeights(random);
    float[] z = new float[OUTPUTS];
    float[] expected = new float[OUTPUTS];
    for (int n = 1; n <= 400; n++) {
      int[] rows = {(int) random.uniform(-1, 10), 10 + (int) random.uniform(0, 10)};
      float[] wide = new float[DENSE + ROWS];
      for (int i = 0; i < DENSE; i++) {
        wide[i] = (float) random.nextGaussian();
      }
      float[] f = Arrays.copyOf(wide, DENSE);
      for (int row : rows) {
        wide[DENSE + row] = (float) Math.sqrt(SparseTable.WIDER);
      }
      sparse.outputs(sparseWeights, f, rows, z);
      dense.outputs(denseWeights, wide, new int[0], expected);
      // float sums in another order, carried along for 400 steps
      for (int o = 0; o < OUTPUTS; o++) {
        assertThat(z[o]).isCloseTo(expected[o], within(2e-3f));
      }
      for (Slice slice : SLICES) {
        int label = (rows[1] + slice.at()) % slice.count();
        sparse.learn(sparseWeights, slice, f, rows, z, label, new float[DENSE]);
        dense.learn(
            denseWeights, slice, wide, new int[0], expected, label, new float[DENSE + ROWS]);
      }
      assertThat(sparse.update(sparseWeights, n)).isTrue();
      dense.update(denseWeights, n);
    }
    assertThat(sparseWeights.rows.count()).isEqualTo(ROWS);
  }

  @Test
  void update_noActiveRow_makesNone() {
    GradientReadout readout = readout(DENSE, ROWS, new AdaGrad(0.1f), NO_CLIP);
    ReadoutWeights weights = readout.newWeights(random);
    int[] rows = {-1, 13};
    float[] z = new float[OUTPUTS];
    readout.learn(weights, SLICES.get(0), new float[DENSE], rows, z, 1, new float[DENSE]);
    readout.update(weights, 1);
    assertThat(weights.rows.count()).isEqualTo(1);
    assertThat(weights.rows.row(0)).isEqualTo(13);
    // outputs of the slice that had no label stay
    assertThat(Arrays.copyOfRange(weights.rows.values(13), 4, 6)).containsOnly(0f);
    // dLoss/dz of the true one of four classes at z = 0 is 1/4 - 1
    assertThat(weights.rows.values(13)[1]).isCloseTo(2 * 0.1f * 0.75f / 0.76f, within(1e-6f));
  }

  @Test
  void update_clippedGradient_isClippedForRowsAndInputsAlike() {
    Clip clip = new Clip(Clip.Kind.NORM, 0.1);
    GradientReadout readout = readout(DENSE, ROWS, new Sgd(1), clip);
    ReadoutWeights weights = readout.newWeights(random);
    float[] f = {2f, 0f, 1f};
    int[] rows = {4, 13};
    readout.learn(weights, SLICES.get(0), f, rows, new float[OUTPUTS], 1, new float[DENSE]);
    readout.update(weights, 1);
    double squares = 0;
    for (float value : weights.values) {
      squares += value * value;
    }
    for (int row : rows) {
      for (float value : weights.rows.values(row)) {
        squares += value * value / (SparseTable.WIDER * SparseTable.WIDER);
      }
    }
    assertThat(Math.sqrt(squares)).isCloseTo(0.1, within(1e-6));
  }
}
