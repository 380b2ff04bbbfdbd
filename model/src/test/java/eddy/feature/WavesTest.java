package eddy.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WavesTest {
  @ParameterizedTest
  @ValueSource(longs = {86_400_000L, 31_556_952_000L, 7, 8})
  void of_anyTime_isSineAndCosine(long period) {
    Random random = new Random(period);
    double[] value = new double[6];

    for (int i = 0; i < 20_000; i++) {
      long time = random.nextLong(-100 * period, 100 * period);
      Waves.of(time - 3, 3, period, 3, value);

      double angle = 2 * Math.PI * Math.floorMod(time, period) / period;
      for (int h = 1; h <= 3; h++) {
        assertThat(value[2 * h - 2]).isCloseTo(Math.sin(h * angle), within(1e-14));
        assertThat(value[2 * h - 1]).isCloseTo(Math.cos(h * angle), within(1e-14));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2, 3, -1, -6})
  void of_quarterTurns_isExact(long quarters) {
    double[] value = new double[2];

    Waves.of(quarters * 21_600_000, 0, 86_400_000, 1, value);

    double[][] exact = {{0, 1}, {1, 0}, {0, -1}, {-1, 0}};
    int quarter = (int) Math.floorMod(quarters, 4L);
    assertThat(value[0]).isEqualTo(exact[quarter][0] + 0.0, within(0.0));
    assertThat(value[1]).isEqualTo(exact[quarter][1] + 0.0, within(0.0));
  }
}
