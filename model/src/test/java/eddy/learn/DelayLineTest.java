package eddy.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import eddy.cell.CellWeights;
import eddy.cell.Delays;
import eddy.cell.LayerSpec;
import eddy.feature.Encoders;
import eddy.feature.FeatureSpec;
import eddy.gradient.RecurrentState;
import eddy.learn.LearnerSpec.Descent;
import eddy.math.RandomStream;
import eddy.network.DelayLine;
import eddy.network.NetworkSpec;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What delay lines show, and that a readout of theirs learns what only the past tells. */
class DelayLineTest {
  private static final CellWeights[] NONE = {};

  @Test
  void output_fewerEventsThanDelays_isZeroBeforeTheStart() {
    // inputs a, b; the target's field in column 3 of x, delayed by fewer events
    DelayLine line = new DelayLine(new Delays(4, 2), 2, 3, 1, 5);
    RecurrentState[] states = line.newState(false);
    float[] output = new float[line.outputs()];
    assertThat(output).hasSize(3 * 2 + 1);
    line.forward(NONE, new float[] {1, 10, 99, 100}, 1f, states);
    line.output(NONE, states, 0, output);
    assertThat(output).containsExactly(0, 0, 0, 0, 0, 0, 0);
    line.advance(NONE, new float[] {2, 20, 99, 200}, 1f, states);
    line.output(NONE, states, 0, output);
    assertThat(output).containsExactly(1, 10, 0, 0, 0, 0, 100);
  }

  @Test
  void output_moreEventsThanDelays_isTheLastOnesNewestFirst() {
    DelayLine line = new DelayLine(new Delays(3, 4), 1, 1, 1, 5);
    RecurrentState[] states = line.newState(false);
    for (int t = 1; t <= 20; t++) {
      line.forward(NONE, new float[] {t, 100 + t}, 1f, states);
    }
    float[] output = new float[line.outputs()];
    line.output(NONE, states, 0, output);
    assertThat(output).containsExactly(19, 18, 119, 118, 117);
  }

  @Test
  void newState_afterReset_isAsAtTheStart() {
    DelayLine line = new DelayLine(new Delays(3, 0), 1, 1, 0, 5);
    RecurrentState[] states = line.newState(false);
    line.forward(NONE, new float[] {7}, 1f, states);
    states[0].reset();
    line.forward(NONE, new float[] {8}, 1f, states);
    float[] output = new float[line.outputs()];
    line.output(NONE, states, 0, output);
    assertThat(output).containsExactly(0, 0);
  }

  @Test
  void features_ofTargets_areTheirFieldsAsFarAsTheyAreKnown() {
    NetworkSpec narx = NetworkSpec.of(new LayerSpec("narx(3,2)", 4));
    assertThat(PastTargets.features(narx, Streams.TARGETS))
        .extracting(FeatureSpec::toString)
        .containsExactly(
            "a?", "b?", "kind?:category(8)", "label?:lag(1)", "outcome?:category(4):lag(1)");
    assertThat(PastTargets.features(NetworkSpec.of(new LayerSpec("tdnn(3)", 4)), Streams.TARGETS))
        .isEmpty();
  }

  /** The label is the product of two signs, three events ago and one: nothing linear tells it. */
  private static double lateError(String cell) {
    Descent quick = new Descent("adam", 0.01, Descent.CLIP);
    LearnerSpec spec =
        LearnerSpec.of(
                List.of(
                    new FeatureSpec("a", false, List.of(Encoders.of("raw", List.of()))),
                    new FeatureSpec("b", false, List.of(Encoders.of("raw", List.of())))),
                List.of(Streams.OWN))
            .cell(cell)
            .units(16)
            .single(quick, quick)
            .build();
    Prequential learner = Prequential.of(spec);
    KeyState key = learner.newKeyState();
    Weights weights = learner.newWeights();
    RandomStream random = new RandomStream(9);
    double[] a = new double[20_000];
    double error = 0;
    for (int i = 0; i < a.length; i++) {
      a[i] = random.nextDouble() < 0.5 ? -1 : 1;
      double label = i < 3 ? 0 : 3 * a[i - 3] * a[i - 1];
      Streams.Row row = new Streams.Row(a[i], 0, "k0", label, "up");
      Outcome outcome = learner.observe(row.into(learner, i), key, weights);
      if (i >= a.length / 2) {
        error += Math.abs(outcome.predictions[0].value - label) / (a.length / 2);
      }
    }
    return error;
  }

  @Test
  void observe_productOfThePast_isLearnedByHiddenUnitsAtTheRightDelay() {
    // what knowing nothing costs of a label that is 3 or -3
    double ignorant = 3;
    assertThat(lateError("tdnn(3)")).isGreaterThan(0.9 * ignorant);
    assertThat(lateError("tdnn(4)")).isLessThan(0.5 * ignorant);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tdnn", "tdnn()", "tdnn(0)", "tdnn(1,2)", "tdnn(10001)", "narx(3)"})
  void of_wrongForm_isRefusedWithTheRightOne(String cell) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Delays.of(cell))
        .withMessageContaining(cell.startsWith("narx") ? "narx(8,4)" : "tdnn(8)");
  }

  @Test
  void network_ofADelayLineInLayers_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NetworkSpec.of(new LayerSpec("tdnn(8)", 4)).withLayers(2, false))
        .withMessageContaining("tdnn(8)");
  }
}
