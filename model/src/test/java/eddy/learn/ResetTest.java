package eddy.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eddy.drift.Detection;
import eddy.drift.DriftAction;
import eddy.drift.DriftSpec;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Weights that start anew while keys go on. */
class ResetTest {
  private static final int EVENTS = 300;

  private final Streams.Row[] rows = Streams.rows(3, 2 * EVENTS);
  private final Prequential learner = Prequential.of(Streams.draft().build());
  private final KeyState key = learner.newKeyState();
  private final Weights weights = learner.newWeights();

  private Outcome observe(int i) {
    return learner.observe(rows[i].into(learner, i), key, weights);
  }

  private void learn(int events) {
    for (int i = 0; i < events; i++) {
      observe(i);
    }
  }

  private static void assertSame(Map<String, Tensor> actual, Map<String, Tensor> expected) {
    assertThat(actual).usingRecursiveComparison().isEqualTo(expected);
  }

  @Test
  void reset_learnedWeights_areThoseOfTheStart() {
    learn(EVENTS);
    Map<String, Tensor> start = learner.tensors(learner.newWeights());
    assertThat(learner.tensors(weights))
        .as("otherwise nothing was learned")
        .usingRecursiveComparison()
        .isNotEqualTo(start);

    learner.reset(weights);

    assertSame(learner.tensors(weights), start);
  }

  @Test
  void reset_stateIsStored_goesOnAlike() {
    learn(EVENTS);
    learner.reset(weights);
    learner.restart(key);
    KeyState storedKey = learner.decodeKeyState(learner.encode(key));
    Weights storedWeights = learner.decodeWeights(learner.encode(weights));

    for (int i = EVENTS; i < 2 * EVENTS; i++) {
      String said = Streams.text(observe(i));
      Outcome stored = learner.observe(rows[i].into(learner, i), storedKey, storedWeights);
      assertThat(Streams.text(stored)).isEqualTo(said);
    }
  }

  @Test
  void restart_predictionsThatWait_areScoredAsTheyWerePublished() {
    double[] published = new double[EVENTS];
    for (int i = 0; i < EVENTS; i++) {
      published[i] = observe(i).predictions[0].value;
    }
    learner.reset(weights);
    learner.restart(key);

    Outcome next = observe(EVENTS);

    int scored = 0;
    for (int i = 0; i < next.settledOrigins; i++) {
      Outcome.Settlement settled = next.settlements[i];
      if (settled.settled[0]) {
        assertThat(settled.prediction[0].value).isEqualTo(published[(int) settled.originPosition]);
        scored++;
      }
    }
    assertThat(scored).isEqualTo(1);
  }

  @Test
  void reset_weightsOfAllPartitions_isRefused() {
    DriftSpec drift = new DriftSpec(Detection.of("adwin"), DriftAction.of("reset"));
    assertThatThrownBy(() -> Streams.draft().global(10).drift(drift).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cannot be shared by partitions");
  }

  @ParameterizedTest
  @ValueSource(strings = {"adwin", "page-hinkley"})
  void fingerprint_driftIsOnlyLookedFor_isThatWithout(String detector) {
    DriftSpec drift = new DriftSpec(Detection.of(detector), DriftAction.of("none"));
    assertThat(Prequential.of(Streams.draft().drift(drift).build()).fingerprint())
        .isEqualTo(learner.fingerprint());
  }

  @Test
  void fingerprint_driftIsActedOn_isOfDetectorAndAction() {
    assertThat(
            List.of(
                learner.fingerprint(),
                fingerprint("adwin", "boost"),
                fingerprint("adwin", "boost(3,500)"),
                fingerprint("adwin", "reset"),
                fingerprint("page-hinkley", "reset")))
        .doesNotHaveDuplicates();
  }

  private static long fingerprint(String detector, String action) {
    DriftSpec drift = new DriftSpec(Detection.of(detector), DriftAction.of(action));
    return Prequential.of(Streams.draft().drift(drift).build()).fingerprint();
  }
}
