package eddy.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LatencyTest {
  private static final double DIGITS = 1e-3; // that the histogram keeps

  @Test
  void quantiles_oneToTenThousandMicroseconds_areTheirRanks() {
    Latency latency = new Latency();
    for (long micros = 1; micros <= 10_000; micros++) {
      latency.add(1000 * micros);
    }
    Latency.Quantiles quantiles = latency.quantiles();
    assertThat(quantiles.count()).isEqualTo(10_000);
    assertThat(quantiles.p50()).isCloseTo(5_000, within(5_000 * DIGITS));
    assertThat(quantiles.p99()).isCloseTo(9_900, within(9_900 * DIGITS));
    assertThat(quantiles.p999()).isCloseTo(9_990, within(9_990 * DIGITS));
    assertThat(quantiles.max()).isCloseTo(10_000, within(10_000 * DIGITS));
  }

  @Test
  void add_clockOutOfRange_isTakenToItsEnds() {
    Latency latency = new Latency();
    latency.add(-5);
    latency.add(Long.MAX_VALUE);
    assertThat(latency.quantiles().p50()).isZero();
    assertThat(latency.quantiles().max()).isCloseTo(3.6e9, within(3.6e9 * DIGITS));
  }
}
