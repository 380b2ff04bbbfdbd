package eddy.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import eddy.feature.TargetSpec;
import eddy.feature.TargetSpec.Horizon;
import eddy.feature.TargetSpec.Reference;
import eddy.learn.Outcome.Source;
import eddy.learn.Spread;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScoreboardTest {
  private static final TargetSpec WIND =
      new TargetSpec("wind", 0, new Horizon.EventsAhead(4), new Reference.Past("wind", 0));
  private static final TargetSpec KIND =
      new TargetSpec("kind", 8, new Horizon.SameEvent(), new Reference.None());

  @Test
  void add_numbersAndClasses_scoresEachModelByItsOwnWords() {
    Scores board = Scores.of(List.of(WIND, KIND));
    board.add(line(number(10, 11, 14, 12), symbol("a", "a", "b", "a", 0.5)));
    board.add(line(number(20, 17, 18, 20), symbol("b", "a", "b", null, 0.125)));
    board.add(line(ScoredTarget.UNSETTLED, symbol("a", "a", null, "a", 1)));

    assertThat(board.scored()).isEqualTo(5);
    NumberScores wind = (NumberScores) board.board().targets().get(0);
    assertThat(wind.target()).isEqualTo("wind@+4");
    assertThat(wind.scored()).isEqualTo(2);
    assertThat(wind.of("eddy").mae()).isEqualTo(2); // (1 + 3) / 2
    assertThat(wind.of("model").mae()).isEqualTo(1); // (2 + 0) / 2
    assertThat(wind.of("persistence").mae()).isEqualTo(3); // (4 + 2) / 2
    assertThat(wind.of("eddy").wape()).isCloseTo(4.0 / 30, within(1e-15));
    assertThat(wind.skill()).isCloseTo(1.0 / 3, within(1e-15));

    ClassScores kind = (ClassScores) board.board().targets().get(1);
    assertThat(kind.target()).isEqualTo("kind");
    assertThat(kind.of("eddy").accuracy()).isCloseTo(2.0 / 3, within(1e-15));
    assertThat(kind.of("eddy").logLossBits()).isCloseTo(4.0 / 3, within(1e-15)); // (1 + 3 + 0) / 3
    assertThat(kind.of("persistence").accuracy()).isCloseTo(1.0 / 3, within(1e-15));
    assertThat(kind.of("persistence").logLossBits()).isInfinite();
    assertThat(kind.of("eddy").kappaTemporal()).isCloseTo(0.5, within(1e-15));
    assertThat(kind.of("persistence").kappaTemporal()).isZero();
    assertThat(kind.skill()).isCloseTo(0.5, within(1e-15)); // 1 error against 2
  }

  @Test
  void add_modelOrPersistenceSilent_scoresTheOthersOnly() {
    Scores board = Scores.of(List.of(WIND));
    board.add(line(number(10, 11, Double.NaN, Double.NaN)));
    board.add(line(number(10, 13, 14, 12)));
    NumberScores wind = (NumberScores) board.board().targets().get(0);
    assertThat(wind.of("eddy").count()).isEqualTo(2);
    assertThat(wind.of("model").count()).isEqualTo(1);
    assertThat(wind.of("persistence").count()).isEqualTo(1);
    assertThat(wind.skill()).as("on the one row that both have").isEqualTo(0.25);
  }

  @Test
  void add_quantiles_holdsThemAgainstPointsAndAgainstOtherQuantiles() {
    Scores board = Scores.of(List.of(WIND), List.of(List.of("smoothing", "frozen")));
    Spread none = quantiles(Double.NaN, Double.NaN, Double.NaN);
    List<ScoredTarget.Estimate> rivals =
        List.of(new ScoredTarget.Estimate(14), new ScoredTarget.Estimate(11, quantiles(8, 11, 13)));
    board.add(line(number(0, none, List.of(rivals.get(0), rivals.get(0)))));
    board.add(line(number(10, quantiles(9, 10, 12), rivals)));
    NumberScores wind = (NumberScores) board.board().targets().get(0);
    // by hand at .1, .5, .9 of the second row: (.1 + 0 + .2) / 3, (3.6 + 2 + .4) / 3,
    // (.2 + .5 + .3) / 3
    assertThat(wind.quantiles().pinball()).isCloseTo(0.1, within(1e-15));
    assertThat(wind.skillAgainst("smoothing").baselinePinball()).isCloseTo(2, within(1e-15));
    assertThat(wind.skillAgainst("smoothing").pinball()).isCloseTo(0.95, within(1e-15));
    assertThat(wind.skillAgainst("frozen").baselinePinball()).isCloseTo(1.0 / 3, within(1e-15));
    assertThat(wind.skillAgainst("frozen").pinball()).isCloseTo(0.7, within(1e-15));
    assertThat(wind.skillAgainst("persistence").pinball()).as("it said nothing").isNaN();
  }

  @Test
  void add_rivalsThatRank_areScoredByTheirOwnRanks() {
    Scores board = Scores.of(List.of(KIND), List.of(List.of("markov-1")));
    int[][] ranks = {{1, 4}, {2, 3}, {4, 6}, {3, 1}};
    for (int[] rank : ranks) {
      board.add(
          line(
              new ScoredTarget.OfClass(
                  "a",
                  rank[0] == 1 ? "a" : "b",
                  "a",
                  rank[0] == 1 ? "a" : "b",
                  Source.MODEL,
                  0.1,
                  rank[0],
                  0.5,
                  List.of(ScoredTarget.Opinion.of("a", rank[1] == 1 ? "a" : "c", 0.1, rank[1])))));
    }
    ClassScores kind = (ClassScores) board.board().targets().get(0);
    assertThat(kind.top("markov-1").within(0)).isEqualTo(0.25);
    assertThat(kind.top("markov-1").within(1)).isEqualTo(0.5);
    assertThat(kind.top("markov-1").within(2)).isEqualTo(0.75);
    assertThat(kind.topSkill("markov-1", 0)).isCloseTo(1.0 / 3, within(1e-15)); // 2 against 3
    assertThat(kind.topSkill("markov-1", 1)).isEqualTo(0.5); // 1 against 2
    assertThat(kind.topSkill("markov-1", 2)).isEqualTo(1); // 0 against 1
    assertThat(kind.topSkill("persistence", 0)).as("it was always right").isNaN();
  }

  @Test
  void opinion_ofAnotherClass_hasNotTheFirstRank() {
    assertThat(ScoredTarget.Opinion.of("a", "b", 0.5, 1).rank()).as("a shared slot").isEqualTo(2);
    assertThat(ScoredTarget.Opinion.of("a", "a", 0.5, 3).rank()).as("equal ones").isEqualTo(1);
    assertThat(ScoredTarget.Opinion.of("a", null, 0.5, 6).rank()).isEqualTo(6);
  }

  @Test
  void add_lineOfOtherTargets_isRefused() {
    Scores board = Scores.of(List.of(WIND, KIND));
    assertThatThrownBy(() -> board.add(line(number(1, 1, 1, 1))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a line must have 2 targets but has 1");
  }

  @Test
  void table_numbersAndClasses_isAligned() {
    Scores board = Scores.of(List.of(WIND, KIND));
    board.add(line(number(1000, 1100, 1400, 1200), symbol("a", "a", "b", "a", 0.25)));
    assertThat(ScoreTable.of(board))
        .isEqualTo(
            """
            target   scored    MAE  persistence   skill  last 1000   RMSE    WAPE  MASE
            wind@+4       1  100.0        400.0  +75.0%     +75.0%  100.0  0.1000     -

            target  scored  accuracy  last class    skill  last 1000   bits  kappa  top 3
            kind         1     1.000      0.0000  +100.0%    +100.0%  2.000  1.000  1.000
            """);
  }

  @Test
  void table_nothingScoredYet_showsDashes() {
    assertThat(ScoreTable.of(Scores.of(List.of(WIND))))
        .isEqualTo(
            """
            target   scored  MAE  persistence  skill  last 1000  RMSE  WAPE  MASE
            wind@+4       0    -            -      -          -     -     -     -
            """);
  }

  private static ScoredLine line(ScoredTarget... targets) {
    return new ScoredLine(3, 7, "key", 0, List.of(targets));
  }

  private static ScoredTarget number(
      double label, double predicted, double baseline, double model) {
    return new ScoredTarget.OfNumber(label, predicted, baseline, model, Source.MODEL);
  }

  private static ScoredTarget number(
      double label, Spread said, List<ScoredTarget.Estimate> rivals) {
    return new ScoredTarget.OfNumber(label, 10, Double.NaN, 10, Source.MODEL, said, rivals);
  }

  private static Spread quantiles(double low, double median, double high) {
    return new Spread.Quantiles(List.of(0.1, 0.5, 0.9), List.of(low, median, high));
  }

  private static ScoredTarget symbol(
      String label, String predicted, String baseline, String model, double probability) {
    return new ScoredTarget.OfClass(
        label, predicted, baseline, model, Source.MODEL, probability, 1);
  }
}
