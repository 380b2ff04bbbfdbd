package eddy.report;

import static org.assertj.core.api.Assertions.assertThat;

import eddy.feature.TargetSpec;
import eddy.feature.TargetSpec.Horizon;
import eddy.feature.TargetSpec.Reference;
import eddy.learn.Outcome.Source;
import eddy.learn.Spread;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScoreTextTest {
  private static final String LONG = "a.path.to.some.field.of.a.nested.record";

  @Test
  void of_manyTargetsBaselinesAndKeysWithLongNames_fitsOneHundredColumns() {
    List<TargetSpec> targets = new ArrayList<>();
    List<List<String>> rivals = new ArrayList<>();
    for (int ahead = 1; ahead <= 9; ahead++) {
      targets.add(
          new TargetSpec(LONG, 0, new Horizon.EventsAhead(ahead), new Reference.Past(LONG, 0)));
      rivals.add(List.of("a-baseline-with-quite-a-long-name", "b"));
    }
    targets.add(new TargetSpec(LONG, 8, new Horizon.SameEvent(), new Reference.None()));
    rivals.add(List.of("prior"));
    Scores scores = Scores.of(targets, rivals);
    for (int i = 0; i < 40; i++) {
      List<ScoredTarget> line = new ArrayList<>();
      for (int t = 0; t < 9; t++) {
        line.add(
            new ScoredTarget.OfNumber(
                1e5 * i,
                1e5 * i + 0.1,
                1e5 * i - 1,
                1e5 * i + 0.1,
                Source.BASELINE,
                new Spread.Deviation(1000),
                List.of(new ScoredTarget.Estimate(0), new ScoredTarget.Estimate(Double.NaN))));
      }
      line.add(
          new ScoredTarget.OfClass(
              "x",
              "x",
              "y",
              "x",
              Source.MODEL,
              0.5,
              1,
              0.5,
              List.of(new ScoredTarget.Opinion("y", 0, 8))));
      scores.add(new ScoredLine(i, i + 9, "a key with a rather long name " + i % 7, 0, line));
    }
    String text = ScoreText.of(scores);
    assertThat(text.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
    assertThat(text)
        .contains("skill against", "prior", "by horizon", "intervals", "by key", "best", "worst")
        .contains("baseline published");
    assertThat(text.indexOf("skill  last 1000")).isLessThan(text.indexOf("skill against"));
  }

  @Test
  void of_persistenceAloneAndOneKey_isTheTableAlone() {
    TargetSpec wind =
        new TargetSpec("wind", 0, new Horizon.EventsAhead(4), new Reference.Past("wind", 0));
    Scores scores = Scores.of(List.of(wind));
    scores.add(
        new ScoredLine(0, 4, "", 0, List.of(new ScoredTarget.OfNumber(1, 1, 2, 1, Source.MODEL))));
    assertThat(ScoreText.of(scores)).isEqualTo(ScoreTable.of(scores)).hasLineCount(2);
  }
}
