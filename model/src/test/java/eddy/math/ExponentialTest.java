package eddy.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import org.junit.jupiter.api.Test;

class ExponentialTest {
  private static final double PERCENT = 2e-13;

  @Test
  void expAndExpm1_wholeRange_withinBoundOfStrictMath() {
    RandomStream random = new RandomStream(4);
    for (int i = 0; i < 200_000; i++) {
      double x = random.uniform(-1, 1) * StrictMath.pow(10, random.uniform(-9, 2.85));
      assertThat(Exponential.exp(x))
          .as("exp(%s)", x)
          .isCloseTo(StrictMath.exp(x), withinPercentage(PERCENT));
      assertThat(Exponential.expm1(x))
          .as("expm1(%s)", x)
          .isCloseTo(StrictMath.expm1(x), withinPercentage(PERCENT));
    }
  }

  @Test
  void extremes_saturateAndKeepNaN() {
    assertThat(Exponential.exp(Double.NEGATIVE_INFINITY)).isBetween(0.0, 1e-300);
    assertThat(Exponential.exp(Double.POSITIVE_INFINITY)).isBetween(1e300, Double.MAX_VALUE);
    assertThat(Exponential.expm1(Double.NEGATIVE_INFINITY)).isEqualTo(-1.0);
    assertThat(Exponential.exp(0)).isEqualTo(1.0);
    assertThat(Exponential.expm1(0)).isEqualTo(0.0);
    assertThat(Exponential.exp(Double.NaN)).isNaN();
  }
}
