package eddy.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import eddy.feature.TargetSpec;
import eddy.feature.TargetSpec.Horizon;
import eddy.feature.TargetSpec.Reference;
import eddy.learn.Outcome.Source;
import eddy.learn.Spread;
import eddy.metric.Memory;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A perfect and a constant predictor get the values that are known without computing them. */
class KnownValuesTest {
  private static final double TOLERANCE = 1e-9;
  private static final int ROWS = 5000;
  private static final double FADING = 0.999;

  private static final TargetSpec LEVEL =
      new TargetSpec("level", 0, new Horizon.EventsAhead(1), new Reference.Past("level", 0));
  private static final TargetSpec KIND =
      new TargetSpec("kind", 8, new Horizon.SameEvent(), new Reference.None());

  @Test
  void number_perfectPredictor_hasNoErrorAndAllSkill() {
    Scores scores = Scores.of(List.of(LEVEL));
    for (int y = 1; y <= ROWS; y++) {
      Spread certain =
          new Spread.Quantiles(
              List.of(0.1, 0.5, 0.9), List.of(y, y, y).stream().map(Integer::doubleValue).toList());
      scores.add(line("k", new ScoredTarget.OfNumber(y, y, y - 1, y, Source.MODEL, certain)));
    }
    for (Memory memory : Memory.values()) {
      NumberScores level = (NumberScores) scores.board(memory).targets().get(0);
      for (String model : List.of("eddy", "model")) {
        assertThat(level.of(model).mae()).isZero();
        assertThat(level.of(model).rmse()).isZero();
        assertThat(level.of(model).wape()).isZero();
        assertThat(level.mase(model)).isZero();
      }
      assertThat(level.skill()).isEqualTo(1);
      assertThat(level.skillAgainst("persistence").rmse()).isEqualTo(1);
      assertThat(level.quantiles().pinball()).isZero();
      assertThat(level.skillAgainst("persistence").pinball()).isEqualTo(1);
      assertThat(level.skillAgainst("persistence").baselinePinball())
          .as("off by 1 at levels about 1/2")
          .isCloseTo(0.5, within(TOLERANCE));
      assertThat(level.quantiles().intervals().get(0).coverage()).isEqualTo(1);
      assertThat(level.quantiles().intervals().get(0).width()).isZero();
      assertThat(level.mase("persistence")).as("a step ahead").isCloseTo(1, within(TOLERANCE));
    }
    assertThat(scores.keys().of(0).get(0).skill()).isEqualTo(1);
  }

  @Test
  void number_constantPredictorOfARamp_hasTheErrorsOfTheRamp() {
    Scores scores = Scores.of(List.of(LEVEL));
    for (int y = 1; y <= ROWS; y++) {
      scores.add(line("k", new ScoredTarget.OfNumber(y, 0, y - 1, 0, Source.BASELINE)));
    }
    double n = ROWS;
    assertLevel(scores, Memory.CUMULATIVE, (n + 1) / 2, (n + 1) * (2 * n + 1) / 6);
    // y = n - i for i of 0 to 999: sums of i and of i squared
    double squares = 999.0 * 1000 * 1999 / 6;
    assertLevel(scores, Memory.WINDOW, n - 499.5, n * n - 999 * n + squares / 1000);
    assertLevel(scores, Memory.FADING, fadingMean(1), fadingMean(2));
    assertThat(scores.fromBaseline(0)).isEqualTo(ROWS);
  }

  private static void assertLevel(Scores scores, Memory memory, double mae, double meanSquare) {
    NumberScores level = (NumberScores) scores.board(memory).targets().get(0);
    assertThat(level.of("eddy").mae()).isCloseTo(mae, within(TOLERANCE * mae));
    assertThat(level.of("eddy").rmse()).isCloseTo(Math.sqrt(meanSquare), within(TOLERANCE * mae));
    assertThat(level.of("eddy").wape()).isCloseTo(1, within(TOLERANCE));
    assertThat(level.mase("eddy")).as("labels step by 1").isCloseTo(mae, within(TOLERANCE * mae));
    assertThat(level.skill()).as("persistence is off by 1").isCloseTo(1 - mae, within(1e-6));
  }

  /** Closed form of the fading mean of y or of its square, the newest y being ROWS. */
  private static double fadingMean(int power) {
    double a = FADING;
    double n = ROWS;
    double an = Math.pow(a, n);
    double zeroth = (1 - an) / (1 - a);
    double first = a * (1 - n * Math.pow(a, n - 1) + (n - 1) * an) / ((1 - a) * (1 - a));
    if (power == 1) {
      return n - first / zeroth;
    }
    // sum of i^2 a^i over i < n
    double second =
        (a * (1 + a) - an * (n * n - (2 * n * n - 2 * n - 1) * a + (n - 1) * (n - 1) * a * a))
            / Math.pow(1 - a, 3);
    return n * n - 2 * n * first / zeroth + second / zeroth;
  }

  @Test
  void class_perfectPredictor_isAlwaysRightAndNeverSurprised() {
    Scores scores = Scores.of(List.of(KIND));
    for (int i = 0; i < ROWS; i++) {
      String label = "abcd".substring(i % 4, i % 4 + 1);
      String before = "abcd".substring((i + 3) % 4, (i + 3) % 4 + 1);
      scores.add(line("k", symbol(label, label, before, 1, 1)));
    }
    for (Memory memory : Memory.values()) {
      ClassScores kind = (ClassScores) scores.board(memory).targets().get(0);
      assertThat(kind.of("eddy").accuracy()).isEqualTo(1);
      assertThat(kind.of("eddy").logLossBits()).isZero();
      assertThat(kind.of("eddy").kappaTemporal()).isEqualTo(1);
      assertThat(kind.skill()).isEqualTo(1);
      assertThat(kind.top("eddy").within(0)).isEqualTo(1);
      assertThat(kind.top("persistence").within(0)).as("never right, one class").isZero();
      assertThat(kind.topSkill("persistence", 0)).isEqualTo(1);
    }
    for (int i = 0; i < 4; i++) {
      for (int j = 0; j < 5; j++) {
        assertThat(scores.confusion(0).count(i, j)).isEqualTo(i == j ? ROWS / 4 : 0);
      }
    }
  }

  @Test
  void class_constantPredictorOfFourInTurn_isRightAQuarterOfTheTime() {
    Scores scores = Scores.of(List.of(KIND));
    for (int i = 0; i < ROWS; i++) {
      String label = "abcd".substring(i % 4, i % 4 + 1);
      String before = "abcd".substring((i + 3) % 4, (i + 3) % 4 + 1);
      scores.add(line("k", symbol(label, "a", before, 0.25, i % 4 + 1)));
    }
    for (Memory memory : List.of(Memory.CUMULATIVE, Memory.WINDOW)) {
      ClassScores kind = (ClassScores) scores.board(memory).targets().get(0);
      assertThat(kind.of("eddy").accuracy()).isEqualTo(0.25);
      assertThat(kind.of("eddy").logLossBits()).isEqualTo(2);
      assertThat(kind.of("eddy").kappaTemporal()).as("no change is never right").isEqualTo(0.25);
      assertThat(kind.skill()).isEqualTo(0.25);
      assertThat(kind.top("model").within(0)).isEqualTo(0.5);
      assertThat(kind.top("model").within(1)).isEqualTo(0.75);
      assertThat(kind.top("model").within(2)).isEqualTo(1);
      assertThat(kind.topSkill("persistence", 0)).as("persistence has none").isEqualTo(0.5);
      assertThat(kind.topSkill("persistence", 1)).isEqualTo(0.75);
    }
    assertThat(scores.confusion(0).count(3, 0)).as("d for a").isEqualTo(ROWS / 4);
  }

  private static ScoredTarget symbol(
      String label, String predicted, String baseline, double probability, int rank) {
    return new ScoredTarget.OfClass(
        label, predicted, baseline, predicted, Source.MODEL, probability, rank);
  }

  private static ScoredLine line(String key, ScoredTarget target) {
    return new ScoredLine(0, 0, key, 0, List.of(target));
  }
}
