package eddy.learn;

import static org.assertj.core.api.Assertions.assertThat;

import eddy.cell.CellGroup;
import eddy.cell.Cells;
import eddy.cell.LayerSpec;
import eddy.feature.Encoders;
import eddy.feature.Event;
import eddy.feature.FeatureSpec;
import eddy.feature.FieldKind;
import eddy.feature.SequenceSpec;
import eddy.feature.TargetSpec;
import eddy.feature.TargetSpec.Horizon;
import eddy.feature.TargetSpec.Reference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A key whose sensitivities explode while its state stands still. */
class FallbackTest {
  private static final int UNITS = 4;
  private static final int BLOCK = 4;

  private static LearnerSpec.Draft draft(Horizon horizon) {
    FeatureSpec feature = new FeatureSpec("x", false, List.of(Encoders.of("raw", List.of())));
    TargetSpec target = new TargetSpec("x", 0, horizon, new Reference.Past("x", 0));
    LearnerSpec.Descent still =
        new LearnerSpec.Descent("sgd", 1e-30, LearnerSpec.Descent.CLIP, "constant");
    return LearnerSpec.of(List.of(feature), List.of(target))
        .cell("elman")
        .units(UNITS)
        .estimator(LearnerSpec.Estimator.RTRL)
        .block(BLOCK)
        .sequence(new SequenceSpec(SequenceSpec.Output.EVERY, "end", true))
        .single(still, still);
  }

  /** h' = tanh(3 h) at h = 0: dh/db grows by 3 at every step, h does not move. */
  private static Weights exploding(Prequential learner) {
    Weights weights = learner.newWeights();
    float[] values = weights.members[0].cells()[0].values;
    CellGroup elman = (CellGroup) Cells.layer(new LayerSpec("elman", UNITS), 1).get(0);
    Arrays.fill(values, 0f);
    for (int u = 0; u < UNITS; u++) {
      values[elman.recurrentAt() + u * UNITS + u] = 3f;
    }
    return learner.decodeWeights(learner.encode(weights));
  }

  private static Event event(Prequential learner, long position, boolean end) {
    Event event = new Event(learner.schema());
    event.position = position;
    event.timestamp = 1000 * position;
    event.numbers[learner.schema().index("x", FieldKind.NUMBER)] = 0;
    event.numbers[learner.schema().index("end", FieldKind.TRUTH)] = end ? 1 : 0;
    return event;
  }

  private static void requireFallback(Horizon horizon) {
    Prequential learner = Prequential.of(draft(horizon).build());
    assertThat(learner.learner()).isEqualTo("elman/block-rtrl(4) in single");
    Weights weights = exploding(learner);
    KeyState key = learner.newKeyState();
    List<String> said = new ArrayList<>();
    int drops = 0;
    int first = -1;
    for (int i = 0; i < 60; i++) {
      Outcome outcome = learner.observe(event(learner, i, false), key, weights);
      said.add(outcome.fallback);
      drops += outcome.drops;
      first = first < 0 && drops > 0 ? i : first;
    }
    // 3^12 is within the bound of 1e6, 3^13 is not; found while the block is folded
    assertThat(first).isBetween(12, 28);
    assertThat(drops).isPositive();
    assertThat(said.subList(0, first)).containsOnlyNulls();
    assertThat(said.get(first)).isEqualTo("elman/tbptt(4) in single");
    // a pause of 4 blocks, then it carries again until the next drop
    assertThat(said.subList(first, first + 3 * BLOCK)).doesNotContainNull();
    assertThat(said.subList(first, 60)).containsNull();
    while (learner.observe(event(learner, 60, false), key, weights).fallback == null) {
      assertThat(key.events()).isLessThan(200);
    }
    // a sequence start is exact again
    learner.observe(event(learner, 60, true), key, weights);
    Outcome outcome = learner.observe(event(learner, 61, false), key, weights);
    assertThat(outcome.fallback).isNull();
    assertThat(outcome.drops).isZero();
    assertThat(weights.skipped()).isZero();
  }

  @Test
  void observe_explodingKey_fallsBackIsNamedAndRecovers() {
    requireFallback(new Horizon.EventsAhead(1));
  }

  @Test
  void observe_explodingLane_fallsBackToo() {
    requireFallback(new Horizon.EventsAhead(2));
  }

  @Test
  void observe_otherKey_isAsAlways() {
    Prequential learner = Prequential.of(draft(new Horizon.EventsAhead(1)).build());
    Weights weights = exploding(learner);
    KeyState exploding = learner.newKeyState();
    KeyState other = learner.newKeyState();
    String fallback = null;
    for (int i = 0; i < 28; i++) {
      Outcome outcome = learner.observe(event(learner, i, false), exploding, weights);
      fallback = outcome.fallback == null ? fallback : outcome.fallback;
      outcome = learner.observe(event(learner, i, i % 7 == 6), other, weights);
      assertThat(outcome.fallback).isNull();
      assertThat(outcome.drops).isZero();
    }
    assertThat(fallback).isNotNull();
  }

  @Test
  void observe_restoredKey_fallsBackAsBefore() {
    Prequential learner = Prequential.of(draft(new Horizon.EventsAhead(1)).build());
    Weights weights = exploding(learner);
    KeyState key = learner.newKeyState();
    for (int i = 0; i < 60; i++) {
      KeyState restored = learner.decodeKeyState(learner.encode(key));
      String expected = learner.observe(event(learner, i, false), key, weights).fallback;
      String again = learner.observe(event(learner, i, false), restored, weights).fallback;
      assertThat(again).isEqualTo(expected);
    }
  }
}
