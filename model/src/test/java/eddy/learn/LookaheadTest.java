package eddy.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eddy.cell.LayerSpec;
import eddy.feature.Encoders;
import eddy.feature.Event;
import eddy.feature.FeatureSpec;
import eddy.feature.FieldKind;
import eddy.feature.TargetSpec;
import eddy.feature.TargetSpec.Horizon;
import eddy.feature.TargetSpec.Reference;
import eddy.math.RandomStream;
import eddy.network.NetworkSpec;
import eddy.network.NetworkSpec.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Events that are labelled after others have followed. */
class LookaheadTest {
  private static final int AFTER = 2;
  private static final FeatureSpec X = feature("x");
  private static final TargetSpec Y =
      new TargetSpec("y", 0, new Horizon.SameEvent(), new Reference.Past("y", 1));
  private static final TargetSpec KIND =
      new TargetSpec("kind", 4, new Horizon.SameEvent(), new Reference.None());

  private static FeatureSpec feature(String field, String... lag) {
    return new FeatureSpec(
        field, false, lag.length == 0 ? List.of() : List.of(Encoders.of("lag", List.of(lag))));
  }

  private static LearnerSpec.Draft draft(int after, List<FeatureSpec> features) {
    LayerSpec layer = new LayerSpec("gru", 8);
    return LearnerSpec.of(features, List.of(Y, KIND))
        .window(6)
        .network(new NetworkSpec(Kind.BIDIRECTIONAL, layer, 1, false, after, false));
  }

  private static Event event(Prequential learner, long position, double x, double y, String kind) {
    Event event = new Event(learner.schema());
    event.position = position;
    event.timestamp = 100 * position;
    event.numbers[learner.schema().index("x", FieldKind.NUMBER)] = x;
    event.numbers[learner.schema().index("y", FieldKind.NUMBER)] = y;
    event.categories[learner.schema().index("kind", FieldKind.CATEGORY)] = kind;
    return event;
  }

  @Test
  void observe_fewerEventsThanMustFollow_predictsNothing() {
    Prequential learner = Prequential.of(draft(AFTER, List.of(X)).build());
    KeyState key = learner.newKeyState();
    Weights weights = learner.newWeights();
    for (int i = 0; i < 5; i++) {
      Outcome outcome = learner.observe(event(learner, 10 + i, i, i, "a"), key, weights);
      assertThat(outcome.predicted).isEqualTo(i >= AFTER);
      assertThat(outcome.settledOrigins).isEqualTo(i >= AFTER ? 1 : 0);
      assertThat(outcome.unlabelled).isZero();
      if (outcome.predicted) {
        assertThat(outcome.labelledPosition).isEqualTo(10 + i - AFTER);
        assertThat(outcome.settlements[0].originPosition).isEqualTo(10 + i);
        assertThat(outcome.settlements[0].labelPosition).isEqualTo(10 + i - AFTER);
      }
    }
    assertThat(weights.updates()).isEqualTo(3);
  }

  @Test
  void observe_labels_areThoseOfTheEarlierEventAndTheBaselineThatOfTheOneBefore() {
    Prequential learner = Prequential.of(draft(AFTER, List.of(X)).build());
    KeyState key = learner.newKeyState();
    Weights weights = learner.newWeights();
    for (int i = 0; i < 8; i++) {
      Outcome outcome = learner.observe(event(learner, i, 0, 100 + i, "k" + i % 3), key, weights);
      if (i > AFTER) {
        int labelled = i - AFTER;
        assertThat(outcome.predictions[0].baseline).isEqualTo(100 + labelled - 1);
        Outcome.Settlement settlement = outcome.settlements[0];
        assertThat(settlement.label[0]).isEqualTo(100 + labelled);
        assertThat(settlement.text[1]).isEqualTo("k" + labelled % 3);
        assertThat(settlement.prediction[0].baseline).isEqualTo(100 + labelled - 1);
      }
    }
  }

  /** Labels from the one that is predicted to the newest must not reach the prediction. */
  @Test
  void observe_labelsNotYetToldDiffer_predictionStays() {
    List<FeatureSpec> features = List.of(X, feature("y", "3"), feature("y", "4..6"));
    Prequential learner = Prequential.of(draft(AFTER, features).build());
    RandomStream random = new RandomStream(5);
    int events = 40;
    double[] x = new double[events];
    double[] y = new double[events];
    for (int i = 0; i < events; i++) {
      x[i] = random.nextGaussian();
      y[i] = random.nextGaussian();
    }
    Outcome.Prediction[] expected = last(learner, x, y, "b");
    double value = expected[0].value;
    float[] distribution = expected[1].distribution.clone();
    double best = expected[1].value;
    for (int i = events - 1 - AFTER; i < events; i++) {
      y[i] = 1e9;
    }
    Outcome.Prediction[] other = last(learner, x, y, "never seen");
    assertThat(other[0].value).isEqualTo(value);
    assertThat(other[1].distribution).containsExactly(distribution);
    assertThat(other[1].value).isEqualTo(best);
    // the control: one label earlier it is told
    y[events - 2 - AFTER] = 1e9;
    assertThat(last(learner, x, y, "b")[0].value).isNotEqualTo(value);
  }

  /** Predictions at the last event, whose label and the ones that are still secret are given. */
  private static Outcome.Prediction[] last(
      Prequential learner, double[] x, double[] y, String secret) {
    KeyState key = learner.newKeyState();
    Weights weights = learner.newWeights();
    Outcome outcome = null;
    for (int i = 0; i < x.length; i++) {
      String kind = i < x.length - 1 - AFTER ? (i % 2 == 0 ? "a" : "b") : secret;
      outcome = learner.observe(event(learner, i, x[i], y[i], kind), key, weights);
    }
    return outcome.predictions;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void of_lagThatDoesNotReachBeyondTheLookahead_isRefused(int lag) {
    List<FeatureSpec> features = List.of(X, feature("y", Integer.toString(lag)));
    assertThatThrownBy(() -> Prequential.of(draft(AFTER, features).build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("y is a target of the same event")
        .hasMessageContaining("lag(3)");
  }

  @Test
  void build_targetAhead_isRefused() {
    TargetSpec ahead =
        new TargetSpec("y", 0, new Horizon.EventsAhead(1), new Reference.Past("y", 0));
    NetworkSpec network =
        new NetworkSpec(Kind.BIDIRECTIONAL, new LayerSpec("gru", 4), 1, false, AFTER, false);
    assertThatThrownBy(() -> LearnerSpec.of(List.of(X), List.of(ahead)).network(network).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("target y@+1")
        .hasMessageContaining("2 events after it has passed");
  }

  /** Share of the last half of the events that are named rightly: y is the next event's sign. */
  private static double accuracy(int after) {
    NetworkSpec network =
        new NetworkSpec(Kind.BIDIRECTIONAL, new LayerSpec("gru", 8), 1, false, after, false);
    TargetSpec kind = new TargetSpec("kind", 4, new Horizon.SameEvent(), new Reference.None());
    TargetSpec y = new TargetSpec("y", 0, new Horizon.SameEvent(), new Reference.None());
    Prequential learner =
        Prequential.of(
            LearnerSpec.of(List.of(X), List.of(y, kind))
                .window(4)
                .network(network)
                .panel("recurrent-gradient")
                .build());
    KeyState key = learner.newKeyState();
    Weights weights = learner.newWeights();
    RandomStream random = new RandomStream(11);
    int events = 4000;
    int right = 0;
    double next = random.nextGaussian();
    for (int i = 0; i < events; i++) {
      double now = next;
      next = random.nextGaussian();
      String label = next * now > 0 ? "same" : "turn";
      Outcome outcome = learner.observe(event(learner, i, now, 0, label), key, weights);
      if (i >= events / 2 && outcome.settlements[0].settled[1]) {
        Outcome.Settlement settlement = outcome.settlements[0];
        right += settlement.prediction[1].value == settlement.label[1] ? 1 : 0;
      }
    }
    return right / (events / 2.0);
  }

  @Test
  void observe_labelHangsOnTheNextEvent_isLearnedWithLookaheadOnly() {
    assertThat(accuracy(1)).isGreaterThan(0.9);
    // the control: without the event that follows nobody can know
    assertThat(accuracy(0)).isBetween(0.4, 0.6);
  }
}
