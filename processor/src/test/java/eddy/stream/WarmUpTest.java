package eddy.stream;

import static org.assertj.core.api.Assertions.assertThat;

import eddy.config.EddyConfig;
import org.junit.jupiter.api.Test;

class WarmUpTest {
  private static final EddyConfig CONFIG = EddyConfig.of(Storms.configuration("warm", "none:1"));

  @Test
  void of_noTime_runsNoEvent() {
    assertThat(WarmUp.of(CONFIG.newPrequential(), CONFIG.warmUpMillis()).events()).isZero();
  }

  @Test
  void of_someTime_tellsWhatAnEventTakes() {
    WarmUp warmUp = WarmUp.of(CONFIG.newPrequential(), 1);

    assertThat(warmUp.events()).isPositive();
    assertThat(warmUp.nanosPerEvent()).isPositive().isFinite();
  }
}
