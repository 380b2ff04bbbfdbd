package eddy.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class ScoresTest {
  private static final double TOLERANCE = 1e-12;

  @Test
  void regression_threePredictions_areTheTextbookErrors() {
    RegressionScore score = new RegressionScore(RunningMean::cumulative);
    score.add(10, 12);
    score.add(-20, -21);
    score.add(30, 24);
    assertThat(score.count()).isEqualTo(3);
    assertThat(score.mae()).isCloseTo(3, within(TOLERANCE)); // (2 + 1 + 6) / 3
    assertThat(score.rmse()).isCloseTo(Math.sqrt(41.0 / 3), within(TOLERANCE)); // 4 + 1 + 36
    assertThat(score.wape()).isCloseTo(0.15, within(TOLERANCE)); // 9 / 60
  }

  @Test
  void regression_withoutPredictions_isUndefined() {
    RegressionScore score = new RegressionScore(RunningMean::cumulative);
    assertThat(score.count()).isZero();
    assertThat(score.mae()).isNaN();
    assertThat(score.rmse()).isNaN();
    assertThat(score.wape()).isNaN();
  }

  @Test
  void wape_ofLabelsThatAreAllZero_isUndefined() {
    RegressionScore score = new RegressionScore(RunningMean::cumulative);
    score.add(0, 1);
    assertThat(score.wape()).isNaN();
    assertThat(score.mae()).isEqualTo(1);
  }

  @Test
  void regression_overAWindow_forgetsOldErrors() {
    RegressionScore score = new RegressionScore(() -> RunningMean.windowed(2));
    score.add(1, 1001);
    score.add(2, 3);
    score.add(4, 7);
    assertThat(score.count()).isEqualTo(3);
    assertThat(score.mae()).isCloseTo(2, within(TOLERANCE));
    assertThat(score.rmse()).isCloseTo(Math.sqrt(5), within(TOLERANCE));
    assertThat(score.wape()).isCloseTo(4.0 / 6, within(TOLERANCE));
  }

  @Test
  void classification_fourPredictions_areTheTextbookScores() {
    ClassificationScore score = new ClassificationScore(RunningMean::cumulative);
    score.add(true, true, 0.5);
    score.add(true, false, 0.25);
    score.add(true, false, 1);
    score.add(false, true, 0.125);
    assertThat(score.count()).isEqualTo(4);
    assertThat(score.accuracy()).isEqualTo(0.75);
    assertThat(score.logLossBits()).isCloseTo(1.5, within(TOLERANCE)); // (1 + 2 + 0 + 3) / 4
    assertThat(score.kappaTemporal()).isEqualTo(0.5); // (3/4 - 1/2) / (1 - 1/2)
  }

  @Test
  void kappaTemporal_worseThanNoChange_isNegative() {
    ClassificationScore score = new ClassificationScore(RunningMean::cumulative);
    score.add(false, true, 0.5);
    score.add(true, true, 0.5);
    score.add(false, true, 0.5);
    score.add(false, false, 0.5);
    assertThat(score.kappaTemporal()).isEqualTo(-2); // (1/4 - 3/4) / (1 - 3/4)
  }

  @Test
  void kappaTemporal_noChangeNeverWrong_isUndefined() {
    ClassificationScore score = new ClassificationScore(RunningMean::cumulative);
    score.add(true, true, 1);
    assertThat(score.kappaTemporal()).isNaN();
    assertThat(Double.doubleToRawLongBits(score.logLossBits()))
        .as("plus zero")
        .isEqualTo(Double.doubleToRawLongBits(0.0));
  }

  @Test
  void logLoss_trueClassGivenNothing_isInfiniteNotClipped() {
    ClassificationScore score = new ClassificationScore(RunningMean::cumulative);
    score.add(false, false, 0);
    score.add(true, false, 0.5);
    assertThat(score.logLossBits()).isEqualTo(Double.POSITIVE_INFINITY);
  }

  @Test
  void classification_withoutPredictions_isUndefined() {
    ClassificationScore score = new ClassificationScore(RunningMean::cumulative);
    assertThat(score.accuracy()).isNaN();
    assertThat(score.logLossBits()).isNaN();
    assertThat(score.kappaTemporal()).isNaN();
  }

  @Test
  void skill_halfTheLoss_isOneHalf() {
    Skill skill = new Skill(RunningMean::cumulative);
    skill.add(1, 4);
    skill.add(3, 4);
    assertThat(skill.value()).isEqualTo(0.5);
  }

  @Test
  void skill_rowsThatOneSideLacks_countForNeither() {
    Skill skill = new Skill(RunningMean::cumulative);
    skill.add(1000, Double.NaN);
    skill.add(Double.NaN, 1000);
    skill.add(2, 1);
    assertThat(skill.count()).isEqualTo(1);
    assertThat(skill.value()).isEqualTo(-1);
  }

  @Test
  void skill_againstABaselineWithoutLoss_isUndefined() {
    Skill skill = new Skill(RunningMean::cumulative);
    assertThat(skill.value()).isNaN();
    skill.add(1, 0);
    assertThat(skill.value()).isNaN();
  }

  @Test
  void quantiles_threeLabels_pinballAndCoverage() {
    QuantileScore score = new QuantileScore(RunningMean::cumulative);
    List<Double> levels = List.of(0.1, 0.5, 0.9);
    List<Double> quantiles = List.of(1.0, 2.0, 4.0);
    score.add(2, levels, quantiles);
    score.add(0, levels, quantiles);
    score.add(5, levels, quantiles);
    // by hand: 0.1 + 0 + 0.2; 0.9 + 1 + 0.4; 0.4 + 1.5 + 0.9
    assertThat(score.pinball()).isCloseTo((0.3 + 2.3 + 2.8) / 9, within(1e-12));
    assertThat(score.coverage()).isCloseTo(1 / 3.0, within(1e-12));
    assertThat(score.nominalCoverage()).isCloseTo(0.8, within(1e-12));
    assertThat(score.count()).isEqualTo(3);
  }

  @Test
  void likelihood_oneDeviationOff_isThatOfTheNormalDensity() {
    LikelihoodScore score = new LikelihoodScore(RunningMean::cumulative);
    assertThat(score.negativeLogLikelihood()).isNaN();
    score.add(7, 5, 2);
    double density = Math.exp(-0.5) / (2 * Math.sqrt(2 * Math.PI));
    assertThat(score.negativeLogLikelihood()).isCloseTo(-Math.log(density), within(1e-12));
  }
}
