package eddy.report.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class PairedSkillTest {
  private static final double EXACT = 1e-12;

  @Test
  void skill_sameLosses_isZeroForCertain() {
    PairedSkill pairs = new PairedSkill();
    Random random = new Random(1);
    for (int i = 0; i < 5000; i++) {
      double loss = random.nextDouble();
      pairs.add(loss, loss);
    }
    PairedSkill.Skill skill = pairs.skill(1);
    assertThat(skill.value()).isZero();
    assertThat(skill.low()).isZero();
    assertThat(skill.high()).isZero();
  }

  @Test
  void skill_halfTheLoss_isHalf() {
    PairedSkill pairs = new PairedSkill();
    for (int i = 0; i < 100_003; i++) {
      pairs.add(i % 7, 2 * (i % 7));
    }
    PairedSkill.Skill skill = pairs.skill(1);
    assertThat(skill.rows()).isEqualTo(100_003);
    assertThat(skill.value()).isCloseTo(0.5, within(EXACT));
    assertThat(skill.low()).isCloseTo(0.5, within(EXACT));
  }

  /** Of means that are truly equal or not, 95% intervals hold the truth about 95 times of 100. */
  @Test
  void skill_noisyLosses_intervalHoldsTheTruthAboutAsOftenAsItSays() {
    int held = 0;
    for (int trial = 0; trial < 200; trial++) {
      Random random = new Random(trial);
      PairedSkill pairs = new PairedSkill();
      double drift = 0;
      for (int i = 0; i < 4000; i++) {
        drift = 0.9 * drift + random.nextGaussian(); // losses that follow one another are alike
        pairs.add(10 + drift, 12.5 + random.nextGaussian());
      }
      PairedSkill.Skill skill = pairs.skill(trial);
      held += skill.low() <= 0.2 && 0.2 <= skill.high() ? 1 : 0;
    }
    assertThat(held).isBetween(175, 200);
  }

  @Test
  void skill_fewRows_hasNoInterval() {
    PairedSkill pairs = new PairedSkill();
    for (int i = 0; i < 5; i++) {
      pairs.add(1, 2);
    }
    pairs.add(Double.NaN, 5);
    assertThat(pairs.skill(1).rows()).isEqualTo(5);
    assertThat(pairs.skill(1).low()).isNaN();
  }
}
