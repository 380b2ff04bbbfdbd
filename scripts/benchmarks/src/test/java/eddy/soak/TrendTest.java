package eddy.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TrendTest {
  private static final double ROUNDING = 1e-9;
  private static final double[] SECONDS = {0, 900, 1800, 2700, 3600};

  @Test
  void of_aStraightLine_isItsRiseByTheMean() {
    Trend trend = Trend.of(SECONDS, new double[] {99, 99.5, 100, 100.5, 101});

    assertThat(trend.mean()).isCloseTo(100, within(ROUNDING));
    assertThat(trend.perHour()).isCloseTo(0.02, within(ROUNDING));
    assertThat(trend.error()).isCloseTo(0, within(ROUNDING));
    assertThat(trend.risesAbove(0.01)).isTrue();
    assertThat(trend.risesAbove(0.03)).isFalse();
  }

  @Test
  void risesAbove_noiseThatCouldHaveDoneIt_isNoRise() {
    Trend trend = Trend.of(SECONDS, new double[] {90, 110, 90, 110, 96});

    assertThat(trend.perHour()).isGreaterThan(0.01);
    assertThat(trend.risesAbove(0.01)).isFalse();
  }
}
