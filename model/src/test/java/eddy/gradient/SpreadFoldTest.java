package eddy.gradient;

import static org.assertj.core.api.Assertions.assertThat;

import eddy.cell.CellGroup;
import eddy.cell.CellWeights;
import eddy.cell.Cells;
import eddy.cell.LayerSpec;
import eddy.cell.Recurrence;
import eddy.math.Kernels;
import eddy.math.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Exact estimators at every step of a sequence, so at every position of a fold, against
 * back-propagation through the whole sequence, which the oracles in float64 hold to account.
 */
class SpreadFoldTest {
  private static final double TOLERANCE = 1e-5;
  private static final int STEPS = 70;
  private static final int INPUTS = 5;
  private static final Kernels KERNELS = Kernels.fastest();

  static Stream<Arguments> cells() {
    List<Arguments> cases = new ArrayList<>();
    for (String cell : Cells.names()) {
      for (int units : new int[] {4, 20}) {
        cases.add(Arguments.of(cell, units));
      }
    }
    cases.add(Arguments.of("lstm", 32));
    cases.add(Arguments.of("gru", 33));
    return cases.stream();
  }

  private static float[] numbers(RandomStream random, int length) {
    float[] result = new float[length];
    for (int i = 0; i < length; i++) {
      result[i] = (float) random.uniform(-1, 1);
    }
    return result;
  }

  private static double difference(float[] actual, float[] expected) {
    double[] wide = new double[expected.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = expected[i];
    }
    // all units of a ReLU may be shut
    return Arrays.equals(actual, expected) ? 0 : Oracle.relativeError(actual, wide);
  }

  /** An estimator with the state of one sequence. */
  private static final class Run {
    final Recurrence recurrence;
    final GradientEstimator estimator;
    final RecurrentState state;

    Run(Recurrence recurrence, GradientEstimator estimator) {
      this.recurrence = recurrence;
      this.estimator = estimator;
      state = new RecurrentState(recurrence.stateLength(), estimator.traceLength());
    }

    float[] gradient(CellWeights weights, float[] adjoint) {
      float[] gradient = new float[recurrence.parameters()];
      estimator.addGradient(weights, state, adjoint, gradient);
      return gradient;
    }
  }

  @ParameterizedTest
  @MethodSource("cells")
  void addGradient_everyStepOfEveryBlock_equalsBackPropagationThroughTheSequence(
      String cell, int units) {
    for (Recurrence plain : Cells.layer(new LayerSpec(cell, units), INPUTS)) {
      for (Recurrence recurrence : List.of(plain, plain.summed())) {
        Run whole = new Run(recurrence, new WindowedBptt(recurrence, KERNELS, STEPS));
        List<Run> runs = new ArrayList<>();
        for (int block : new int[] {1, 2, 5, 16, 24}) {
          runs.add(new Run(recurrence, new BlockRtrl(recurrence, KERNELS, block)));
        }
        if (recurrence instanceof CellGroup group && group.elementWise()) {
          runs.add(new Run(recurrence, new UnitTraces(group, KERNELS)));
        }
        compare(recurrence, whole, runs);
      }
    }
  }

  private static void compare(Recurrence recurrence, Run whole, List<Run> runs) {
    RandomStream random = new RandomStream(3);
    CellWeights weights = recurrence.newWeights(random);
    for (int step = 0; step < STEPS; step++) {
      float[] x = numbers(random, INPUTS);
      float[] adjoint = numbers(random, recurrence.stateLength());
      whole.estimator.advance(weights, x, 1f, whole.state);
      float[] expected = whole.gradient(weights, adjoint);
      for (int i = 0; i < runs.size(); i++) {
        Run run = runs.get(i);
        run.estimator.advance(weights, x, 1f, run.state);
        // some events have no label, some have two
        for (int labels = (step + i) % 3; labels > 0; labels--) {
          assertThat(difference(run.gradient(weights, adjoint), expected))
              .as("%s of %s at step %d", run.estimator.name(), recurrence.name(), step)
              .isLessThanOrEqualTo(TOLERANCE);
        }
      }
    }
  }

  @Test
  void traceLength_twoCarriesAndTheStepsOfAFold_isWhatCostSays() {
    Recurrence lstm = Cells.layer(new LayerSpec("lstm", 32), 16).get(0);
    // 2 carries of 64 x 6272; 48 steps and 22 more while 64 rows are folded 3 at an event, each
    // with 2 planes of 4 gates and 2 states and [x; h; 1], in whole lines of 16
    assertThat(new BlockRtrl(lstm, KERNELS, 48).traceLength())
        .isEqualTo(12 + 2 * 64 * 6272 + (48 + 22) * (2 * 6 * 32 + 64));
  }
}
