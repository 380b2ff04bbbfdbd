package eddy.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RateLimitTest {
  private long now;

  @Test
  void allows_moreThanTwiceTheRateAtOnce_refusesTheRestUntilTimePasses() {
    RateLimit limit = new RateLimit(5, () -> now);
    assertThat(allowed(limit, "a", 30)).isEqualTo(10);
    assertThat(allowed(limit, "b", 1)).as("another client").isEqualTo(1);

    now += 1_000_000_000L;

    assertThat(allowed(limit, "a", 30)).isEqualTo(5);
  }

  @Test
  void allows_rateOfZero_everything() {
    assertThat(allowed(new RateLimit(0, () -> now), "a", 10_000)).isEqualTo(10_000);
  }

  private static long allowed(RateLimit limit, String client, int requests) {
    return IntStream.range(0, requests).filter(i -> limit.allows(client)).count();
  }
}
