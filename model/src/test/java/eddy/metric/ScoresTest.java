package eddy.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
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
  void pinballOfPoint_belowAndAbove_isItsDistanceAtEveryLevel() {
    List<Double> low = List.of(0.25, 0.5);
    // by hand: (0.25 * 2 + 0.5 * 2) / 2; (0.75 * 2 + 0.5 * 2) / 2
    assertThat(QuantileScore.pinballOfPoint(10, low, 8)).isCloseTo(0.75, within(TOLERANCE));
    assertThat(QuantileScore.pinballOfPoint(10, low, 12)).isCloseTo(1.25, within(TOLERANCE));
    assertThat(QuantileScore.pinballOfPoint(10, low, Double.NaN)).isNaN();
    // as much below as above: half the distance
    assertThat(NormalScore.pinballOfPoint(10, 8)).isCloseTo(1, within(TOLERANCE));
    assertThat(NormalScore.pinballOfPoint(10, 13)).isCloseTo(1.5, within(TOLERANCE));
  }

  @Test
  void likelihood_oneDeviationOff_isThatOfTheNormalDensity() {
    LikelihoodScore score = new LikelihoodScore(RunningMean::cumulative);
    assertThat(score.negativeLogLikelihood()).isNaN();
    score.add(7, 5, 2);
    double density = Math.exp(-0.5) / (2 * Math.sqrt(2 * Math.PI));
    assertThat(score.negativeLogLikelihood()).isCloseTo(-Math.log(density), within(1e-12));
  }

  @Test
  void regressionSkill_silentSides_comparesTheCommonRowsOnly() {
    RegressionSkill skill = new RegressionSkill(RunningMean::cumulative);
    skill.add(10, 11, 14);
    skill.add(10, 7, 10);
    skill.add(10, Double.NaN, 99);
    skill.add(10, 99, Double.NaN);
    assertThat(skill.count()).isEqualTo(2);
    assertThat(skill.mae()).isCloseTo(0, within(TOLERANCE)); // 4 against 4
    assertThat(skill.rmse()).isCloseTo(1 - Math.sqrt(10.0 / 16), within(TOLERANCE)); // 1 + 9
  }

  @Test
  void regressionSkill_pinballLosses_areThoseOfTheCommonRows() {
    RegressionSkill skill = new RegressionSkill(RunningMean::cumulative);
    assertThat(skill.pinball()).isNaN();
    assertThat(skill.baselinePinball()).isNaN();
    skill.addPinball(1, 3);
    skill.addPinball(2, 5);
    skill.addPinball(99, Double.NaN);
    assertThat(skill.pinball()).isCloseTo(0.625, within(TOLERANCE)); // 3 against 8
    assertThat(skill.baselinePinball()).isEqualTo(4);
    assertThat(skill.count()).as("rows of the errors").isZero();
  }

  @Test
  void classificationSkill_baselineWithInfiniteLoss_isUndefinedInBits() {
    ClassificationSkill skill = new ClassificationSkill(RunningMean::cumulative);
    skill.add(true, 1, false, 4);
    skill.add(false, 2, false, 2);
    assertThat(skill.accuracy()).isCloseTo(0.5, within(TOLERANCE));
    assertThat(skill.logLossBits()).isCloseTo(0.5, within(TOLERANCE)); // 3 bits against 6
    skill.add(true, 0, false, Double.POSITIVE_INFINITY);
    assertThat(skill.accuracy()).isCloseTo(2.0 / 3, within(TOLERANCE));
    assertThat(skill.logLossBits()).isNaN();
  }

  @Test
  void quantiles_pairsOfLevels_areIntervals() {
    QuantileScore score = new QuantileScore(RunningMean::cumulative);
    List<Double> levels = List.of(0.1, 0.25, 0.5, 0.75, 0.8, 0.9);
    score.add(5, levels, List.of(0.0, 4.0, 5.0, 6.0, 7.0, 10.0));
    score.add(9, levels, List.of(0.0, 2.0, 5.0, 8.0, 9.0, 10.0));
    assertThat(score.intervals()).hasSize(2); // 0.8 has no partner
    assertThat(score.intervals().get(0).nominal()).isEqualTo(0.5);
    assertThat(score.intervals().get(0).coverage()).isEqualTo(0.5);
    assertThat(score.intervals().get(0).width()).isEqualTo(4); // (2 + 6) / 2
    assertThat(score.intervals().get(1).nominal()).isEqualTo(0.8);
    assertThat(score.intervals().get(1).coverage()).isEqualTo(1);
    assertThat(score.intervals().get(1).width()).isEqualTo(10);
  }

  @Test
  void normal_labelsOfThatDistribution_areCoveredAsPromised() {
    NormalScore score = new NormalScore(RunningMean::cumulative);
    Random random = new Random(1);
    int count = 200_000;
    for (int i = 0; i < count; i++) {
      double deviation = 1 + i % 3;
      double mean = i % 7;
      score.add(mean + deviation * random.nextGaussian(), mean, deviation);
    }
    double[] shares = {0.5, 0.8, 0.95};
    for (int i = 0; i < shares.length; i++) {
      double fourErrors = 4 * Math.sqrt(shares[i] * (1 - shares[i]) / count);
      assertThat(score.intervals().get(i).nominal()).isEqualTo(shares[i]);
      assertThat(score.intervals().get(i).coverage()).isCloseTo(shares[i], within(fourErrors));
    }
    // entropy of a normal distribution, and the mean of log 1, log 2, log 3
    double entropy = 0.5 * Math.log(2 * Math.PI * Math.E) + Math.log(6) / 3;
    assertThat(score.negativeLogLikelihood()).isCloseTo(entropy, within(0.01));
    // the least pinball loss of a normal quantile is deviation * its density, 2 on average
    double[] densities = {0.3989422804, 0.3177765727, 0.1754983319, 0.0584450698};
    double least = densities[0] + 2 * (densities[1] + densities[2] + densities[3]);
    assertThat(score.pinball()).isCloseTo(2 * least / 7, within(0.005));
  }

  @Test
  void interval_endsAndOutside_countsTheEnds() {
    IntervalScore score = new IntervalScore(0.9, RunningMean::cumulative);
    score.add(1, 1, 2);
    score.add(2, 1, 2);
    score.add(2.1, 1, 2);
    assertThat(score.coverage()).isCloseTo(2.0 / 3, within(TOLERANCE));
    assertThatThrownBy(() -> new IntervalScore(1, RunningMean::cumulative))
        .hasMessage("the share that an interval should hold must lie in (0, 1) but was 1.0");
  }

  @Test
  void top_ranksOneToSix_countsThoseWithin() {
    TopScore score = new TopScore(RunningMean::cumulative);
    for (int rank = 1; rank <= 6; rank++) {
      score.add(rank);
    }
    assertThat(TopScore.sizes()).containsExactly(2, 3, 5);
    assertThat(score.within(0)).isCloseTo(2.0 / 6, within(TOLERANCE));
    assertThat(score.within(1)).isCloseTo(3.0 / 6, within(TOLERANCE));
    assertThat(score.within(2)).isCloseTo(5.0 / 6, within(TOLERANCE));
  }

  @Test
  void topSkill_fourLabels_isTheShareOfMissesThatAreAvoided() {
    TopScore score = new TopScore(RunningMean::cumulative);
    TopScore baseline = new TopScore(RunningMean::cumulative);
    assertThat(score.skill(0, baseline)).isNaN();
    for (int rank : new int[] {1, 2, 4, 6}) {
      score.add(rank);
    }
    for (int rank : new int[] {1, TopScore.UNRANKED, TopScore.UNRANKED, 3}) {
      baseline.add(rank);
    }
    assertThat(score.skill(0, baseline)).isCloseTo(1.0 / 3, within(TOLERANCE)); // 2 against 3
    assertThat(score.skill(1, baseline)).isZero(); // 2 against 2
    assertThat(score.skill(2, baseline)).isEqualTo(0.5); // 1 against 2
  }

  @Test
  void topSkill_againstABaselineThatMissesNothing_isUndefined() {
    TopScore score = new TopScore(RunningMean::cumulative);
    TopScore baseline = new TopScore(RunningMean::cumulative);
    score.add(3);
    baseline.add(2);
    assertThat(score.skill(0, baseline)).isNaN();
  }

  @Test
  void confusion_moreClassesThanRows_putsTheRestTogether() {
    Confusion confusion = new Confusion(2);
    confusion.add("a", "b");
    confusion.add("a", "a");
    confusion.add("c", "a");
    confusion.add("d", "c");
    confusion.add("b", null);
    assertThat(confusion.classes()).containsExactly("a", "b");
    assertThat(confusion.count(0, 0)).isEqualTo(1);
    assertThat(confusion.count(0, 1)).isEqualTo(1);
    assertThat(confusion.count(2, 0)).isEqualTo(1);
    assertThat(confusion.count(2, 2)).isEqualTo(1);
    assertThat(confusion.count(1, 2)).isEqualTo(1);
  }

  @Test
  void confusion_fewerClassesThanRows_hasTheRestInTheLast() {
    Confusion confusion = new Confusion(64);
    confusion.add("a", null);
    assertThat(confusion.count(0, 0)).isZero();
    assertThat(confusion.count(0, 1)).isEqualTo(1);
    assertThat(confusion.count(1, 1)).isZero();
  }

  @Test
  void memory_longStream_looksBackAsItSays() {
    RunningMean all = Memory.CUMULATIVE.means().get();
    RunningMean window = Memory.WINDOW.means().get();
    RunningMean fading = Memory.FADING.means().get();
    int count = 5000;
    double weighted = 0;
    double weights = 0;
    for (int i = 1; i <= count; i++) {
      all.add(i);
      window.add(i);
      fading.add(i);
      weighted += i * Math.pow(0.999, count - i);
      weights += Math.pow(0.999, count - i);
    }
    assertThat(all.mean()).isEqualTo((count + 1) / 2.0);
    assertThat(window.mean()).isEqualTo(count - 999 / 2.0);
    assertThat(fading.mean()).isCloseTo(weighted / weights, within(1e-9));
  }
}
