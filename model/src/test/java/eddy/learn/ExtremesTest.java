package eddy.learn;

import static org.assertj.core.api.Assertions.assertThat;

import eddy.cell.CellWeights;
import eddy.cell.Cells;
import eddy.feature.Event;
import eddy.feature.TargetSpec;
import eddy.feature.TargetSpec.Horizon;
import eddy.feature.TargetSpec.Reference;
import eddy.gradient.RecurrentState;
import eddy.learn.LearnerSpec.Descent;
import eddy.optim.Optimizers;
import eddy.readout.Logistic;
import eddy.readout.Loss;
import eddy.readout.Losses;
import eddy.readout.ReadoutWeights;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever numbers come, no number that is not finite is kept: P6. */
class ExtremesTest {
  /** All that a decoder lets through: up to the greatest float, down to what is nearly nothing. */
  private static final double[] NUMBERS = {
    0,
    -0.0,
    1,
    Float.MAX_VALUE,
    -Float.MAX_VALUE,
    1e-320,
    Double.MIN_VALUE,
    -1e-45,
    1e38,
    -1e38,
    Float.MAX_VALUE,
    Float.MAX_VALUE,
    1e-38,
    1e30,
    0,
    1,
    -1,
    1e20,
    -3.4e38,
    3.4e38,
    0.5
  };

  private static final int EVENTS = 84;

  /** Not learned as a change. */
  private static final TargetSpec PROBABILITY =
      new TargetSpec("a", 0, new Horizon.EventsAhead(3), new Reference.None());

  static Stream<Arguments> cellsAndLosses() {
    List<Arguments> all = new ArrayList<>();
    for (String cell : Streams.cells()) {
      for (String loss : Losses.names()) {
        all.add(Arguments.of(cell, loss, target(Losses.of(loss))));
      }
    }
    return all.stream();
  }

  private static TargetSpec target(Loss loss) {
    if (loss.ofClasses()) {
      return Streams.NEXT_KIND;
    }
    return loss instanceof Logistic ? PROBABILITY : Streams.AHEAD;
  }

  @Test
  void cells_formsThatUsersMayWrite_areAllTried() {
    List<String> tried = Streams.cells().stream().map(ExtremesTest::withoutArguments).toList();
    assertThat(tried)
        .containsAll(Cells.forms().stream().map(ExtremesTest::withoutArguments).toList());
  }

  private static String withoutArguments(String name) {
    return name.replaceAll("\\(.*", "");
  }

  @ParameterizedTest
  @MethodSource("cellsAndLosses")
  void observe_extremeNumbers_keepsFiniteOnesOnly(String cell, String loss, TargetSpec target) {
    requireFinite(
        LearnerSpec.of(Streams.FEATURES, List.of(target))
            .cell(cell)
            .units(4)
            .window(6)
            .loss(loss)
            .panel("recurrent-gradient")
            .build());
  }

  static Stream<String> optimizers() {
    return Optimizers.names().stream();
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void observe_extremeNumbersAndStrides_keepsFiniteOnesOnly(String optimizer) {
    Descent descent = new Descent(optimizer, 10, Descent.CLIP, "constant");
    requireFinite(
        LearnerSpec.of(Streams.FEATURES, List.of(Streams.AHEAD))
            .cell("lstm")
            .units(4)
            .single(descent, descent)
            .build());
  }

  @ParameterizedTest
  @MethodSource("panels")
  void observe_extremeNumbersToThePanel_keepsFiniteOnesOnly(TargetSpec target) {
    requireFinite(LearnerSpec.of(Streams.FEATURES, List.of(target)).units(4).build());
  }

  static Stream<TargetSpec> panels() {
    return Stream.of(Streams.AHEAD, Streams.NEXT_KIND, Streams.OWN);
  }

  private static void requireFinite(LearnerSpec spec) {
    Prequential learner = Prequential.of(spec);
    KeyState key = learner.newKeyState();
    Weights weights = learner.newWeights();
    for (int i = 0; i < EVENTS; i++) {
      double a = NUMBERS[i % NUMBERS.length];
      double b = NUMBERS[i * 5 % NUMBERS.length];
      Event event =
          new Streams.Row(a, b, i % 4 == 0 ? "\u0000" : "k" + i % 11, -a, "o" + i % 3)
              .into(learner, i);
      event.timestamp = i % 13 == 5 ? Long.MAX_VALUE / 4 : 1000L * i;
      learner.observe(event, key, weights);
      requireFinite(weights, "weights after event " + i);
      requireFinite(key, "state after event " + i);
    }
    assertThat(learner.encode(learner.decodeWeights(learner.encode(weights))))
        .isEqualTo(learner.encode(weights));
  }

  private static void requireFinite(Weights weights, String what) {
    for (MemberWeights member : weights.members) {
      for (CellWeights cells : member.cells()) {
        requireFinite(cells.values, what + ": cells");
      }
      for (float[] slots : member.cellSlots()) {
        requireFinite(slots, what + ": optimiser");
      }
      requireFinite(member.clip(), what + ": gradient sizes");
      for (ReadoutWeights readout : member.readouts()) {
        requireFinite(readout.values, what + ": readout");
        requireFinite(readout.slots, what + ": optimiser of the readout");
        requireFinite(readout.memory, what + ": second order");
      }
    }
    requireFinite(weights.features.values, what + ": features");
  }

  private static void requireFinite(KeyState key, String what) {
    for (RecurrentState state : key.recurrent) {
      requireFinite(state.state, what);
      requireFinite(state.trace, what + ": trace");
    }
  }

  private static void requireFinite(float[] values, String what) {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        throw new AssertionError(what + " hold " + value);
      }
    }
  }

  private static void requireFinite(double[] values, String what) {
    for (double value : values) {
      if (!Double.isFinite(value)) {
        throw new AssertionError(what + " hold " + value);
      }
    }
  }
}
