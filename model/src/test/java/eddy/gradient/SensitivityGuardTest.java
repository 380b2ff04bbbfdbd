package eddy.gradient;

import static org.assertj.core.api.Assertions.assertThat;

import eddy.cell.CellGroup;
import eddy.cell.CellWeights;
import eddy.cell.Cells;
import eddy.cell.LayerSpec;
import eddy.math.Kernels;
import eddy.math.RandomStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sensitivities that leave their bounds while the state stays small. */
class SensitivityGuardTest {
  private static final int UNITS = 4;
  private static final float GROWTH = 3f;
  private static final Kernels KERNELS = Kernels.fastest();
  private static final CellGroup ELMAN =
      (CellGroup) Cells.layer(new LayerSpec("elman", UNITS), 1).get(0);

  /** h' = tanh(3 h) at h = 0: dh/db grows by 3 at every step, h does not move. */
  private static CellWeights exploding() {
    float[] values = new float[ELMAN.parameters()];
    for (int u = 0; u < UNITS; u++) {
      values[ELMAN.recurrentAt() + u * UNITS + u] = GROWTH;
    }
    return ELMAN.weightsOf(values);
  }

  private static float[] gradient(
      GradientEstimator estimator, CellWeights weights, RecurrentState recurrent) {
    float[] gradient = new float[ELMAN.parameters()];
    float[] adjoint = new float[UNITS];
    Arrays.fill(adjoint, 1f);
    estimator.addGradient(weights, recurrent, adjoint, gradient);
    return gradient;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void advance_sensitivityAboveTheBound_goesOnAsTruncated(int block) {
    CellWeights weights = exploding();
    GradientEstimator estimator = new BlockRtrl(ELMAN, KERNELS, block);
    GradientEstimator truncated = new WindowedBptt(ELMAN, KERNELS, block);
    RecurrentState recurrent = new RecurrentState(UNITS, estimator.traceLength());
    RecurrentState window = new RecurrentState(UNITS, truncated.traceLength());
    int paused = 0;
    for (int step = 1; step <= 100; step++) {
      estimator.advance(weights, new float[1], 1f, recurrent);
      truncated.advance(weights, new float[1], 1f, window);
      // the event that finds a row out of bounds still uses the carry of the block before
      boolean dropped = recurrent.steps < recurrent.carriedFrom;
      float[] gradient = gradient(estimator, weights, recurrent);
      // beyond the bound only by what the steps of two blocks can add
      double most = SensitivityGuard.BOUND * Math.pow(GROWTH, 2 * block) * 2;
      for (float value : gradient) {
        assertThat(Math.abs(value)).isLessThanOrEqualTo((float) most);
      }
      if (dropped) {
        assertThat(gradient).isEqualTo(gradient(truncated, weights, window));
        paused++;
      }
    }
    assertThat(recurrent.dropped).isPositive();
    assertThat(paused).isBetween(2 * block, 100);
    assertThat(recurrent.carriedFrom % block).isZero();
  }

  @Test
  void reset_afterADrop_isExactFromTheStart() {
    CellWeights weights = exploding();
    GradientEstimator estimator = new BlockRtrl(ELMAN, KERNELS, 2);
    GradientEstimator whole = new WindowedBptt(ELMAN, KERNELS, 10);
    RecurrentState recurrent = new RecurrentState(UNITS, estimator.traceLength());
    for (int step = 0; step < 30; step++) {
      estimator.advance(weights, new float[1], 1f, recurrent);
    }
    long dropped = recurrent.dropped;
    recurrent.reset();
    RecurrentState window = new RecurrentState(UNITS, whole.traceLength());
    for (int step = 0; step < 10; step++) {
      estimator.advance(weights, new float[1], 1f, recurrent);
      whole.advance(weights, new float[1], 1f, window);
      // powers of 3 and their sums are exact in float
      assertThat(gradient(estimator, weights, recurrent))
          .isEqualTo(gradient(whole, weights, window));
    }
    assertThat(recurrent.dropped).isEqualTo(dropped).isPositive();
  }

  @ParameterizedTest
  @ValueSource(floats = {2e6f, Float.NaN, Float.NEGATIVE_INFINITY})
  void advance_unitTraceOutOfBounds_isDropped(float value) {
    CellGroup group = (CellGroup) Cells.layer(new LayerSpec("elstm", UNITS), 1).get(0);
    CellWeights weights = group.newWeights(new RandomStream(1));
    GradientEstimator estimator = new UnitTraces(group, KERNELS);
    RecurrentState recurrent = new RecurrentState(UNITS, estimator.traceLength());
    for (int step = 0; step < 15; step++) {
      estimator.advance(weights, new float[] {1f}, 1f, recurrent);
    }
    // slow units keep most of it for one step
    Arrays.fill(recurrent.trace, 4 * value);
    estimator.advance(weights, new float[] {1f}, 1f, recurrent);
    assertThat(recurrent.dropped).isEqualTo(1);
    assertThat(recurrent.trace).containsOnly(0f);
    for (int step = 0; step < 16; step++) {
      estimator.advance(weights, new float[] {1f}, 1f, recurrent);
    }
    assertThat(recurrent.dropped).isEqualTo(1);
  }
}
