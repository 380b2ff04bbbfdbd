package eddy.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import eddy.feature.Event;
import eddy.feature.FeatureSpec;
import eddy.feature.FieldKind;
import eddy.feature.TargetSpec;
import eddy.feature.TargetSpec.Horizon;
import eddy.feature.TargetSpec.Reference;
import eddy.math.RandomStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is published until the model beats the baseline, and when it does no longer. */
class GateTest {
  private static final int WINDOW = 80;

  /** Labels that the gate must have seen. */
  private static final int LEAST = WINDOW / 8;

  private static final FeatureSpec X = new FeatureSpec("x", false, List.of());
  private static final TargetSpec NEXT =
      new TargetSpec("x", 0, new Horizon.EventsAhead(3), new Reference.Past("x", 0));

  private final Gate gate = new Gate(WINDOW);
  private final double[] memory = new double[Gate.MEMORY];

  /** Labels of 0, of which model and baseline are so far away. */
  private boolean isOpenAfter(int labels, double model, double baseline) {
    Outcome.Prediction prediction = new Outcome.Prediction(0, Spread.NONE);
    for (int i = 0; i < labels; i++) {
      prediction.model = i % 2 == 0 ? model : -model;
      prediction.baseline = i % 3 == 0 ? baseline : -baseline;
      gate.score(memory, 0, prediction);
    }
    prediction.value = prediction.model;
    prediction.source = Outcome.Source.MODEL;
    boolean closed = gate.publish(memory, prediction);
    assertThat(prediction.value).isEqualTo(closed ? prediction.baseline : prediction.model);
    assertThat(prediction.source == Outcome.Source.BASELINE).isEqualTo(closed);
    return !closed;
  }

  @Test
  void publish_modelThatIsBetter_opensAfterAnEighthOfTheWindow() {
    assertThat(isOpenAfter(0, 1, 2)).isFalse();
    assertThat(isOpenAfter(LEAST - 1, 1, 2)).isFalse();
    assertThat(isOpenAfter(1, 1, 2)).isTrue();
  }

  @Test
  void publish_modelThatIsNoBetter_staysClosed() {
    assertThat(isOpenAfter(1000, 1, 1)).isFalse();
    assertThat(isOpenAfter(1000, 1.01, 1)).isFalse();
    assertThat(isOpenAfter(1000, 0.99, 1)).isTrue();
  }

  @Test
  void publish_openGate_closesWhereTheModelIsAQuarterWorse() {
    assertThat(isOpenAfter(1000, 1, 2)).isTrue();
    assertThat(isOpenAfter(1000, 1.2, 1)).isTrue();
    assertThat(isOpenAfter(1000, 1.3, 1)).isFalse();
    // and does not open again before the model is the better one
    assertThat(isOpenAfter(1000, 1.1, 1)).isFalse();
    assertThat(isOpenAfter(1000, 0.9, 1)).isTrue();
  }

  @Test
  void publish_modelThatIsNotFinite_closesAtOnceAndRecovers() {
    assertThat(isOpenAfter(1000, 1, 2)).isTrue();
    assertThat(isOpenAfter(1, Double.NaN, 2)).isFalse();
    assertThat(isOpenAfter(LEAST, 1, 2)).isTrue();
  }

  @Test
  void publish_noWindow_isAlwaysTheModel() {
    Outcome.Prediction prediction = new Outcome.Prediction(0, Spread.NONE);
    prediction.value = 7;
    prediction.model = 7;
    assertThat(new Gate(0).publish(memory, prediction)).isFalse();
    assertThat(prediction.value).isEqualTo(7);
  }

  private static Event event(Prequential learner, long position, double x) {
    Event event = new Event(learner.schema());
    event.position = position;
    event.timestamp = 1000 * position;
    event.numbers[learner.schema().index("x", FieldKind.NUMBER)] = x;
    return event;
  }

  @Test
  void observe_numbers_settlesWhatWasPublishedAndLearnsAsWithoutAGate() {
    LearnerSpec.Draft draft = LearnerSpec.of(List.of(X), List.of(NEXT)).units(8);
    Prequential gated = Prequential.of(draft.gate(WINDOW).build());
    Prequential open = Prequential.of(draft.gate(0).build());
    KeyState gatedKey = gated.newKeyState();
    KeyState openKey = open.newKeyState();
    Weights gatedWeights = gated.newWeights();
    Weights openWeights = open.newWeights();
    RandomStream random = new RandomStream(3);
    Map<Long, Double> published = new HashMap<>();
    List<Outcome.Source> sources = new ArrayList<>();
    double x = 0;
    for (int i = 0; i < 300; i++) {
      // returns to its mean, which persistence does not know
      x = 0.3 * x + random.nextGaussian();
      Outcome expected = open.observe(event(open, i, x), openKey, openWeights);
      double model = expected.predictions[0].model;
      assertThat(expected.predictions[0].value).isEqualTo(model);
      Outcome outcome = gated.observe(event(gated, i, x), gatedKey, gatedWeights);
      Outcome.Prediction prediction = outcome.predictions[0];
      assertThat(prediction.model).isEqualTo(model);
      assertThat(prediction.baseline).isEqualTo(x);
      assertThat(prediction.value).isEqualTo(prediction.source == Outcome.Source.MODEL ? model : x);
      published.put((long) i, prediction.value);
      sources.add(prediction.source);
      for (int s = 0; s < outcome.settledOrigins; s++) {
        Outcome.Settlement settlement = outcome.settlements[s];
        Outcome.Prediction scored = settlement.prediction[0];
        int origin = (int) settlement.originPosition;
        assertThat(scored.value).isEqualTo(published.get((long) origin));
        assertThat(scored.source).isEqualTo(sources.get(origin));
      }
    }
    // a label comes three events later
    assertThat(sources.subList(0, LEAST + 2)).containsOnly(Outcome.Source.BASELINE);
    assertThat(sources.subList(100, 300)).containsOnly(Outcome.Source.MODEL);
  }

  @Test
  void observe_classes_publishesTheLastClassBesideTheModelsDistribution() {
    TargetSpec kind = new TargetSpec("k", 4, new Horizon.EventsAhead(1), new Reference.None());
    Prequential learner =
        Prequential.of(LearnerSpec.of(List.of(X), List.of(kind)).units(8).gate(WINDOW).build());
    KeyState key = learner.newKeyState();
    Weights weights = learner.newWeights();
    int index = learner.schema().index("k", FieldKind.CATEGORY);
    List<Outcome.Source> sources = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      // the class is never the last one
      Event event = event(learner, i, i % 3);
      event.categories[index] = "abc".substring(i % 3, i % 3 + 1);
      Outcome.Prediction prediction = learner.observe(event, key, weights).predictions[0];
      sources.add(prediction.source);
      if (prediction.source == Outcome.Source.BASELINE) {
        assertThat(learner.className(weights, 0, (int) prediction.value))
            .isEqualTo(event.categories[index]);
      } else {
        assertThat(prediction.value).isEqualTo(prediction.model);
      }
      assertThat(prediction.probability).isEqualTo(prediction.distribution[(int) prediction.value]);
      double sum = 0;
      for (float probability : prediction.distribution) {
        sum += probability;
      }
      assertThat(sum).isCloseTo(1, within(1e-5));
    }
    assertThat(sources.subList(0, LEAST)).containsOnly(Outcome.Source.BASELINE);
    assertThat(sources.subList(150, 300)).containsOnly(Outcome.Source.MODEL);
  }
}
