package eddy.gradient;

import static org.assertj.core.api.Assertions.assertThat;

import eddy.cell.CellGroup;
import eddy.cell.CellWeights;
import eddy.math.Kernels;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every exact estimator of every cell against full back-propagation through time in float64. */
class EstimatorOracleTest {
  private static final double TOLERANCE = 1e-5;
  private static final Kernels KERNELS = Kernels.fastest();

  static Stream<Arguments> exactEstimators() {
    List<Arguments> cases = new ArrayList<>();
    for (String size : List.of("small", "tail")) {
      for (String cell : Oracle.CELLS) {
        Oracle oracle = Oracle.of(size, cell);
        for (int block : new int[] {1, 2, 3, 4, 5, 8, 16}) {
          cases.add(Arguments.of(oracle, new BlockRtrl(oracle.recurrence, KERNELS, block)));
        }
        cases.add(
            Arguments.of(oracle, new WindowedBptt(oracle.recurrence, KERNELS, oracle.steps())));
        if (oracle.elementWise()) {
          cases.add(Arguments.of(oracle, new UnitTraces((CellGroup) oracle.recurrence, KERNELS)));
        }
      }
    }
    return cases.stream();
  }

  @ParameterizedTest
  @MethodSource("exactEstimators")
  void addGradient_fixedWeights_equalsFullBackPropagation(
      Oracle oracle, GradientEstimator estimator) {
    CellWeights weights = oracle.recurrence.weightsOf(oracle.weights());
    RecurrentState recurrent =
        new RecurrentState(oracle.recurrence.stateLength(), estimator.traceLength());
    int compared = 0;
    for (int t = 0; t < oracle.steps(); t++) {
      estimator.advance(weights, oracle.input(t), 1f, recurrent);
      assertThat(Oracle.relativeError(recurrent.state, oracle.state(t)))
          .as("state after step %d", t)
          .isLessThanOrEqualTo(TOLERANCE);
      double[] expected = oracle.gradient(t);
      if (expected != null) {
        float[] gradient = new float[oracle.recurrence.parameters()];
        estimator.addGradient(weights, recurrent, oracle.adjoint, gradient);
        assertThat(Oracle.relativeError(gradient, expected))
            .as("gradient at step %d", t)
            .isLessThanOrEqualTo(TOLERANCE);
        compared++;
      }
    }
    assertThat(compared).isGreaterThanOrEqualTo(3);
  }

  static Stream<Arguments> classicalRtrl() {
    List<Arguments> cases = new ArrayList<>();
    for (String cell : Oracle.CELLS) {
      Oracle oracle = Oracle.of("small", cell);
      cases.add(Arguments.of(oracle, new BlockRtrl(oracle.recurrence, KERNELS, 1)));
      if (oracle.elementWise()) {
        cases.add(Arguments.of(oracle, new UnitTraces((CellGroup) oracle.recurrence, KERNELS)));
      }
    }
    return cases.stream();
  }

  @ParameterizedTest
  @MethodSource("classicalRtrl")
  void addGradient_weightsChangeAtEveryEvent_equalsClassicalRtrl(
      Oracle oracle, GradientEstimator estimator) {
    CellWeights weights = oracle.recurrence.weightsOf(oracle.weights());
    RecurrentState recurrent =
        new RecurrentState(oracle.recurrence.stateLength(), estimator.traceLength());
    for (int t = 0; t < oracle.steps(); t++) {
      estimator.advance(weights, oracle.input(t), 1f, recurrent);
      float product = 0;
      for (int u = 0; u < oracle.adjoint.length; u++) {
        product += oracle.adjoint[u] * recurrent.state[u];
      }
      float[] delta = new float[oracle.adjoint.length];
      for (int u = 0; u < delta.length; u++) {
        delta[u] = product * oracle.adjoint[u];
      }
      float[] gradient = new float[oracle.recurrence.parameters()];
      estimator.addGradient(weights, recurrent, delta, gradient);
      for (int p = 0; p < gradient.length; p++) {
        weights.values[p] -= oracle.learningRate() * gradient[p];
      }
      oracle.recurrence.refresh(KERNELS, weights);
    }
    assertThat(Oracle.relativeError(weights.values, oracle.onlineFinalWeights()))
        .isLessThanOrEqualTo(TOLERANCE);
  }

  @Test
  void addGradient_windowShorterThanTheSequence_differsFromFullBackPropagation() {
    // the control: these oracles do tell a truncated gradient from an exact one
    for (String cell : Oracle.CELLS) {
      Oracle oracle = Oracle.of("small", cell);
      GradientEstimator truncated = new WindowedBptt(oracle.recurrence, KERNELS, 3);
      CellWeights weights = oracle.recurrence.weightsOf(oracle.weights());
      RecurrentState recurrent =
          new RecurrentState(oracle.recurrence.stateLength(), truncated.traceLength());
      for (int t = 0; t < oracle.steps(); t++) {
        truncated.advance(weights, oracle.input(t), 1f, recurrent);
      }
      float[] gradient = new float[oracle.recurrence.parameters()];
      truncated.addGradient(weights, recurrent, oracle.adjoint, gradient);
      assertThat(Oracle.relativeError(gradient, oracle.gradient(oracle.steps() - 1)))
          .as(cell)
          .isGreaterThan(1e-3);
    }
  }

  @Test
  void addGradient_snap1OnDenseCells_isBiased() {
    for (String cell : List.of("elman", "gru", "lstm")) {
      Oracle oracle = Oracle.of("small", cell);
      GradientEstimator snap1 = new UnitTraces((CellGroup) oracle.recurrence, KERNELS);
      CellWeights weights = oracle.recurrence.weightsOf(oracle.weights());
      RecurrentState recurrent =
          new RecurrentState(oracle.recurrence.stateLength(), snap1.traceLength());
      for (int t = 0; t < oracle.steps(); t++) {
        snap1.advance(weights, oracle.input(t), 1f, recurrent);
      }
      float[] gradient = new float[oracle.recurrence.parameters()];
      snap1.addGradient(weights, recurrent, oracle.adjoint, gradient);
      double error = Oracle.relativeError(gradient, oracle.gradient(oracle.steps() - 1));
      assertThat(error).as(cell).isBetween(1e-3, 2.0);
      assertThat(snap1.exact()).isFalse();
    }
  }
}
