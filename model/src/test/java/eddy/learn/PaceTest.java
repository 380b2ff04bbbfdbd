package eddy.learn;

import static org.assertj.core.api.Assertions.assertThat;

import eddy.feature.Event;
import eddy.feature.FeatureSpec;
import eddy.feature.FieldKind;
import eddy.feature.TargetSpec;
import eddy.feature.TargetSpec.Horizon;
import eddy.feature.TargetSpec.Reference;
import eddy.learn.LearnerSpec.Descent;
import eddy.optim.Clip;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Learning that is paused, or slowed down. */
class PaceTest {
  private static final TargetSpec NEXT =
      new TargetSpec("x", 0, new Horizon.EventsAhead(1), new Reference.Past("x", 0));
  private static final TargetSpec LATER =
      new TargetSpec("x", 0, new Horizon.EventsAhead(3), new Reference.None());
  private static final TargetSpec KIND =
      new TargetSpec("kind", 6, new Horizon.EventsAhead(1), new Reference.None());

  private static LearnerSpec.Draft draft(TargetSpec... targets) {
    return LearnerSpec.of(List.of(new FeatureSpec("x", false, List.of())), List.of(targets));
  }

  private static Event event(Prequential learner, int number, String kind) {
    Event event = new Event(learner.schema());
    event.position = number;
    event.timestamp = 1000L * number + number % 3;
    event.numbers[learner.schema().index("x", FieldKind.NUMBER)] = number * number % 11;
    if (kind != null) {
      event.categories[learner.schema().index("kind", FieldKind.CATEGORY)] = kind;
    }
    return event;
  }

  @Test
  void observe_paused_predictsAndScoresWhileWeightsStandStill() {
    Prequential learner = Prequential.of(draft(NEXT, LATER, KIND).build());
    KeyState key = learner.newKeyState();
    Weights weights = learner.newWeights();
    for (int i = 0; i < 40; i++) {
      learner.observe(event(learner, i, "k" + i % 3), key, weights);
    }
    byte[] before = learner.encode(weights);
    byte[] keyBefore = learner.encode(key);

    learner.pace(false, 1f);
    for (int i = 40; i < 60; i++) {
      Outcome outcome = learner.observe(event(learner, i, "k" + i % 5), key, weights);
      assertThat(outcome.predicted).isTrue();
      assertThat(outcome.settledOrigins).isEqualTo(2);
      assertThat(outcome.predictions[0].model).isFinite();
      assertThat(outcome.settlements[1].settled).contains(true);
    }

    assertThat(learner.encode(weights)).isEqualTo(before);
    assertThat(learner.encode(key)).isNotEqualTo(keyBefore);
  }

  @Test
  void observe_pausedAtAClassNeverSeen_scoresTheSlotThatItWouldGet() {
    Prequential learner = Prequential.of(draft(KIND).build());
    KeyState key = learner.newKeyState();
    Weights weights = learner.newWeights();
    for (int i = 0; i < 20; i++) {
      learner.observe(event(learner, i, "k" + i % 2), key, weights);
    }
    learner.pace(false, 1f);

    Outcome.Settlement scored =
        learner.observe(event(learner, 20, "new"), key, weights).settlements[0];

    assertThat(scored.label[0]).isEqualTo(2);
    assertThat(scored.text[0]).isEqualTo("new");
    assertThat(scored.prediction[0].probability).isGreaterThan(0);
    assertThat(learner.className(weights, 0, 2)).isNull();
  }

  @Test
  void observe_resumed_learnsAgain() {
    Prequential learner = Prequential.of(draft(NEXT).build());
    KeyState key = learner.newKeyState();
    Weights weights = learner.newWeights();
    learner.pace(false, 1f);
    for (int i = 0; i < 10; i++) {
      learner.observe(event(learner, i, null), key, weights);
    }
    assertThat(weights.updates()).isZero();
    learner.pace(true, 1f);

    learner.observe(event(learner, 10, null), key, weights);

    assertThat(weights.updates()).isEqualTo(1);
  }

  /** A factor of two is exact in binary, so that not one bit differs. */
  @Test
  void observe_halfThePace_equalsHalfTheLearningRates() {
    Prequential slowed = Prequential.of(single(0.02, 0.04));
    Prequential slow = Prequential.of(single(0.01, 0.02));
    slowed.pace(true, 0.5f);
    KeyState slowedKey = slowed.newKeyState();
    KeyState slowKey = slow.newKeyState();
    Weights slowedWeights = slowed.newWeights();
    Weights slowWeights = slow.newWeights();

    for (int i = 0; i < 50; i++) {
      double expected =
          slow.observe(event(slow, i, null), slowKey, slowWeights).predictions[0].model;
      double actual =
          slowed.observe(event(slowed, i, null), slowedKey, slowedWeights).predictions[0].model;
      assertThat(actual).isEqualTo(expected);
    }
    assertThat(slowedWeights.updates()).isEqualTo(49);
  }

  private static LearnerSpec single(double cells, double readout) {
    Clip clip = new Clip(Clip.Kind.NONE, 1);
    MemberSpec member =
        new MemberSpec(
            "single",
            true,
            MemberSpec.Readout.GRADIENT,
            new Descent("sgd", cells, clip, "constant"),
            new Descent("sgd", readout, clip, "constant"),
            0);
    return draft(NEXT).panel(List.of(member)).build();
  }
}
