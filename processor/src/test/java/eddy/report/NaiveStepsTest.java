package eddy.report;

import static org.assertj.core.api.Assertions.assertThat;

import eddy.learn.Outcome.Source;
import java.util.List;
import org.junit.jupiter.api.Test;

class NaiveStepsTest {
  @Test
  void of_twoKeysInTurn_stepsWithinEach() {
    NaiveSteps steps = new NaiveSteps(2);
    assertThat(steps.of(line("a", number(1), ScoredTarget.UNSETTLED)))
        .containsExactly(Double.NaN, Double.NaN);
    assertThat(steps.of(line("b", number(10), number(5)))).containsExactly(Double.NaN, Double.NaN);
    assertThat(steps.of(line("a", number(4), number(7)))).containsExactly(3, Double.NaN);
    assertThat(steps.of(line("b", number(8), ScoredTarget.UNSETTLED)))
        .containsExactly(2, Double.NaN);
    assertThat(steps.of(line("b", number(8), number(4)))).containsExactly(0, 1);
  }

  @Test
  void of_keyThatReturnsAfterTooManyOthers_isForgotten() {
    NaiveSteps steps = new NaiveSteps(1);
    steps.of(line("kept", number(1)));
    steps.of(line("lost", number(1)));
    for (int i = 0; i < NaiveSteps.MOST - 1; i++) {
      steps.of(line("other" + i, number(0)));
      steps.of(line("kept", number(2)));
    }
    assertThat(steps.of(line("kept", number(5)))).containsExactly(3);
    assertThat(steps.of(line("lost", number(5)))).containsExactly(Double.NaN);
  }

  private static ScoredTarget number(double label) {
    return new ScoredTarget.OfNumber(label, 0, 0, 0, Source.MODEL);
  }

  private static ScoredLine line(String key, ScoredTarget... targets) {
    return new ScoredLine(0, 1, key, 0, List.of(targets));
  }
}
