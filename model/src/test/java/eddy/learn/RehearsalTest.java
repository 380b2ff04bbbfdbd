package eddy.learn;

import static org.assertj.core.api.Assertions.assertThat;

import eddy.feature.FeatureSpec;
import eddy.feature.SequenceSpec;
import eddy.feature.TargetSpec;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RehearsalTest {
  @Test
  void run_someEvents_learnsOnStateOfItsOwn() {
    Prequential learner = Prequential.of(Streams.draft().build());
    Streams.Row[] rows = Streams.rows(1, 40);
    String expected = last(learner, rows);
    Rehearsal rehearsal = new Rehearsal(learner);
    rehearsal.run(1000);
    assertThat(last(learner, rows)).isEqualTo(expected);
    assertThat(rehearsal.updates()).isGreaterThan(500);
    assertThat(rehearsal.skipped()).isZero();
  }

  @ParameterizedTest
  @EnumSource(
      value = SequenceSpec.Output.class,
      names = {"LAST", "MEAN"})
  void run_wholeSequences_endsThemAndLearns(SequenceSpec.Output output) {
    FeatureSpec feature = new FeatureSpec("x", false, List.of());
    TargetSpec target =
        new TargetSpec("y", 0, new TargetSpec.Horizon.SameEvent(), new TargetSpec.Reference.None());
    Prequential learner =
        Prequential.of(
            LearnerSpec.of(List.of(feature), List.of(target))
                .sequence(new SequenceSpec(output, "end", false))
                .build());
    Rehearsal rehearsal = new Rehearsal(learner);
    rehearsal.run(1000);
    // of 256 made-up events one in eight ends a sequence, give or take four deviations
    assertThat(rehearsal.updates()).isBetween(41L, 209L);
  }

  private static String last(Prequential learner, Streams.Row[] rows) {
    KeyState key = learner.newKeyState();
    Weights weights = learner.newWeights();
    String text = "";
    for (int i = 0; i < rows.length; i++) {
      text = Streams.text(learner.observe(rows[i].into(learner, i), key, weights));
    }
    return text;
  }
}
