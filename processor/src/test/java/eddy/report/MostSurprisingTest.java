package eddy.report;

import static org.assertj.core.api.Assertions.assertThat;

import eddy.config.EddyConfig;
import eddy.feature.TargetSpec;
import eddy.learn.Outcome.Source;
import eddy.surprise.Assessment;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MostSurprisingTest {
  private static final List<TargetSpec> TARGETS =
      EddyConfig.of(Map.of("eddy.features", "x", "eddy.targets", "x@+1")).targets();

  private final MostSurprising surprising = new MostSurprising(TARGETS);

  private void add(int row, double score) {
    ScoredTarget target = new ScoredTarget.OfNumber(1, 2, 3, 2, Source.MODEL);
    Assessment assessment = new Assessment(1, StrictMath.pow(10, -score), score);
    surprising.add(new ScoredLine(row, row + 1, "k", 0, List.of(target), List.of(assessment)));
  }

  @Test
  void list_moreThanItKeeps_isTheGreatestFirst() {
    for (int row = 0; row < 1000; row++) {
      add(row, row * 377 % 1000);
    }

    assertThat(surprising.list())
        .hasSize(MostSurprising.MOST)
        .extracting(found -> found.assessment().score())
        .startsWith(999.0, 998.0, 997.0)
        .endsWith(980.0);
  }

  @Test
  void list_equalOnes_keepsTheEarlier() {
    for (int row = 0; row < 100; row++) {
      add(row, 1);
    }

    assertThat(surprising.list())
        .extracting(found -> found.line().originRow())
        .first()
        .isEqualTo(0L);
    assertThat(surprising.list()).allMatch(found -> found.line().originRow() < 20);
  }

  @Test
  void add_notAssessed_isLeftOut() {
    surprising.add(
        new ScoredLine(0, 1, "k", 0, List.of(ScoredTarget.UNSETTLED), List.of(Assessment.NONE)));

    assertThat(surprising.list()).isEmpty();
  }
}
