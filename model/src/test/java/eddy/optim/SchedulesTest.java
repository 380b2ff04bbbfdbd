package eddy.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SchedulesTest {
  private static double rate(String schedule, long number) {
    return Schedules.of(schedule).rate(number);
  }

  @Test
  void rate_constant_isOne() {
    assertThat(rate("constant", 1)).isEqualTo(1);
    assertThat(rate("constant", 1_000_000)).isEqualTo(1);
  }

  @Test
  void rate_warmUp_risesInEqualStepsToOne() {
    assertThat(rate("warm-up(8)", 1)).isEqualTo(0.125);
    assertThat(rate("warm-up(8)", 4)).isEqualTo(0.5);
    assertThat(rate("warm-up(8)", 8)).isEqualTo(1);
    assertThat(rate("warm-up(8)", 900)).isEqualTo(1);
  }

  @Test
  void rate_inverseSquareRoot_halvesAtFourTimesTheUpdates() {
    assertThat(rate("inverse-square-root(100)", 100)).isEqualTo(1);
    assertThat(rate("inverse-square-root(100)", 400)).isEqualTo(0.5);
    assertThat(rate("inverse-square-root(100)", 1_000_000)).isCloseTo(0.01, within(1e-8));
  }

  @Test
  void rate_cosine_fallsAlongHalfAWaveToItsFloor() {
    assertThat(rate("cosine(1000, 0.25)", 1)).isCloseTo(1, within(1e-5));
    assertThat(rate("cosine(1000,0.25)", 500)).isCloseTo(0.625, within(1e-7));
    assertThat(rate("cosine(1000,0.25)", 250))
        .isCloseTo(0.25 + 0.75 * (1 + Math.cos(Math.PI / 4)) / 2, within(1e-7));
    assertThat(rate("cosine(1000,0.25)", 1000)).isEqualTo(0.25);
    assertThat(rate("cosine(1000)", 5000)).isZero();
  }

  @Test
  void rate_chain_isTheProduct() {
    String chain = "warm-up(100):inverse-square-root(10)";
    assertThat(rate(chain, 40)).isCloseTo(0.4 * 0.5, within(1e-7));
  }

  @Test
  void of_notASchedule_saysWhatToWrite() {
    for (String text :
        new String[] {
          "", "linear(5)", "warm-up", "warm-up()", "warm-up(5,1)", "cosine(5,.1.)", "constant:", "5"
        }) {
      assertThatThrownBy(() -> Schedules.of(text))
          .as(text)
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> Schedules.of("linear(5)"))
        .hasMessageContaining("linear(5)")
        .hasMessageContaining("inverse-square-root(N)");
    assertThatThrownBy(() -> Schedules.of("warm-up(0)"))
        .hasMessageContaining("must be >= 1 but were 0");
    assertThatThrownBy(() -> Schedules.of("cosine(5,1)"))
        .hasMessageContaining("must be >= 0 and < 1 but was 1.0");
  }
}
