package eddy.learn;

import static org.assertj.core.api.Assertions.assertThat;

import eddy.cell.LayerSpec;
import eddy.feature.ArrivalSpec;
import eddy.feature.Event;
import eddy.feature.FeatureSpec;
import eddy.feature.FieldKind;
import eddy.feature.SequenceSpec;
import eddy.feature.TargetSpec;
import eddy.feature.TargetSpec.Horizon;
import eddy.feature.TargetSpec.Reference;
import eddy.math.RandomStream;
import eddy.network.NetworkSpec;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Events that come late, or again, or after a long gap. */
class ArrivalsTest {
  private static final List<TargetSpec> TARGETS =
      List.of(
          new TargetSpec("x", 0, new Horizon.EventsAhead(1), new Reference.Past("x", 0)),
          new TargetSpec("x", 0, new Horizon.EventsAhead(3), new Reference.Past("x", 2)));

  private static LearnerSpec.Draft draft() {
    return LearnerSpec.of(List.of(new FeatureSpec("x", false, List.of())), TARGETS)
        .network(NetworkSpec.of(new LayerSpec("rtu-time", 4)));
  }

  private static Event event(Prequential learner, double x, long timestamp, String id) {
    Event event = new Event(learner.schema());
    event.position = timestamp;
    event.timestamp = timestamp;
    event.numbers[learner.schema().index("x", FieldKind.NUMBER)] = x;
    if (id != null) {
      event.categories[learner.schema().index("id", FieldKind.CATEGORY)] = id;
    }
    return event;
  }

  @Test
  void observe_refused_leavesEveryBitAsItWas() {
    ArrivalSpec strict = new ArrivalSpec(false, false, "id", 4);
    Prequential learner = Prequential.of(draft().arrivals(strict).build());
    KeyState key = learner.newKeyState();
    Weights weights = learner.newWeights();
    for (int i = 0; i < 20; i++) {
      learner.observe(event(learner, i % 5, 1000 * i, "id" + i), key, weights);
    }
    byte[] keyBefore = learner.encode(key);
    byte[] weightsBefore = learner.encode(weights);
    Outcome late = learner.observe(event(learner, 7, 18_999, "new"), key, weights);
    assertThat(late.refusal).contains("no earlier than the newest", "eddy.out.of.order=reject");
    assertThat(late.late).isTrue();
    assertThat(late.predicted).isFalse();
    assertThat(late.settledOrigins + late.unlabelled).isZero();
    Outcome again = learner.observe(event(learner, 7, 20_000, "id16"), key, weights);
    assertThat(again.refusal)
        .contains("whose id is not among the last 4", "eddy.duplicates=reject");
    assertThat(again.duplicate).isTrue();
    assertThat(again.late).isFalse();
    assertThat(learner.encode(key)).isEqualTo(keyBefore);
    assertThat(learner.encode(weights)).isEqualTo(weightsBefore);
    // forgotten, since four others came after it
    assertThat(learner.observe(event(learner, 7, 20_000, "id15"), key, weights).refusal).isNull();
  }

  @Test
  void observe_decodedKey_remembersTheSameIds() {
    ArrivalSpec strict = new ArrivalSpec(true, false, "id", 8);
    Prequential learner = Prequential.of(draft().arrivals(strict).build());
    KeyState key = learner.newKeyState();
    Weights weights = learner.newWeights();
    for (int i = 0; i < 11; i++) {
      learner.observe(event(learner, i % 5, 1000 * i, "id" + i), key, weights);
    }
    KeyState restored = learner.decodeKeyState(learner.encode(key));
    for (int i = 3; i < 11; i++) {
      assertThat(learner.observe(event(learner, 0, 11_000, "id" + i), restored, weights).refusal)
          .isNotNull();
    }
    assertThat(learner.observe(event(learner, 0, 11_000, "id2"), restored, weights).refusal)
        .isNull();
  }

  @Test
  void observe_accepted_saysThatTheyAreLateOrTwice() {
    ArrivalSpec lenient = new ArrivalSpec(true, true, "", 2);
    Prequential learner = Prequential.of(draft().arrivals(lenient).build());
    KeyState key = learner.newKeyState();
    Weights weights = learner.newWeights();
    long[] times = {5000, 6000, 6000, 4000, 5500, 6000, 7000};
    boolean[] late = {false, false, false, true, true, false, false};
    // without an id field by their time, of the last two
    boolean[] duplicate = {false, false, true, false, false, false, false};
    for (int i = 0; i < times.length; i++) {
      Outcome outcome = learner.observe(event(learner, i, times[i], null), key, weights);
      assertThat(outcome.refusal).isNull();
      assertThat(outcome.late).as("late %d", i).isEqualTo(late[i]);
      assertThat(outcome.duplicate).as("duplicate %d", i).isEqualTo(duplicate[i]);
    }
    assertThat(key.events()).isEqualTo(times.length);
  }

  @ParameterizedTest
  @CsvSource({"60001, true", "60000, false", "-60001, false"})
  void observe_afterAGap_predictsAsForAKeyThatIsNew(long pause, boolean begins) {
    SequenceSpec byGap =
        new SequenceSpec(SequenceSpec.Output.EVERY, "", false, Duration.ofMinutes(1));
    Prequential learner = Prequential.of(draft().sequence(byGap).build());
    KeyState key = learner.newKeyState();
    Weights weights = learner.newWeights();
    RandomStream random = new RandomStream(5);
    long time = 0;
    for (int i = 0; i < 30; i++) {
      time += 1000 + (long) (1000 * random.nextDouble());
      learner.observe(event(learner, random.nextGaussian(), time, null), key, weights);
    }
    Weights same = learner.decodeWeights(learner.encode(weights));
    KeyState fresh = learner.newKeyState();
    time += pause;
    for (int i = 0; i < 10; i++) {
      Event event = event(learner, random.nextGaussian(), time, null);
      Outcome outcome = learner.observe(event, fresh, same);
      double expected = outcome.predictions[0].model;
      assertThat(outcome.unlabelled).isZero();
      outcome = learner.observe(event, key, weights);
      // one waits for the next event, three for the third next
      assertThat(outcome.unlabelled).isEqualTo(begins && i == 0 ? 4 : 0);
      if (i == 9) {
        assertThat(outcome.predictions[0].model == expected).isEqualTo(begins);
      }
      time += 1500;
    }
    if (begins) {
      // the gap between the sequences is no gap between events
      assertThat(learner.encode(weights)).isEqualTo(learner.encode(same));
    }
  }

  @Test
  void waiting_keyWithOpenPredictions_countsTheirLabels() {
    Prequential learner = Prequential.of(draft().build());
    KeyState key = learner.newKeyState();
    Weights weights = learner.newWeights();
    int[] expected = {0, 2, 3, 4, 4};
    for (int i = 0; i < expected.length; i++) {
      assertThat(learner.waiting(key)).isEqualTo(expected[i]);
      learner.observe(event(learner, i, 1000 * i, null), key, weights);
    }
  }
}
