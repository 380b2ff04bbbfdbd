package eddy.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FeatureStatisticsTest {
  private static final int WINDOW = FeatureStatistics.WINDOW;

  private final FeatureStatistics statistics = new FeatureStatistics(2, new int[0]);

  @Test
  void update_upToTheWindow_givesMomentsOfTheSample() {
    double[] values = sample(WINDOW, 1e6, 3);
    for (double value : values) {
      statistics.update(3, value);
    }

    double mean = Arrays.stream(values).average().orElseThrow();
    double variance = Arrays.stream(values).map(x -> (x - mean) * (x - mean)).sum() / WINDOW;
    assertThat(statistics.mean(3)).isCloseTo(mean, within(1e-6));
    assertThat(statistics.inverseDeviation(3)).isCloseTo(1 / Math.sqrt(variance), within(1e-6));
    assertThat(Arrays.copyOf(statistics.values, 3)).containsOnly(0);
  }

  @Test
  void update_beyondTheWindow_weighsEachValueByItsAge() {
    double[] values = sample(3 * WINDOW, 5, 2);
    for (double value : values) {
      statistics.update(0, value);
    }

    double mean = 0;
    double square = 0;
    for (int i = 0; i < values.length; i++) {
      double weight = Math.pow(1 - 1.0 / WINDOW, values.length - Math.max(i + 1, WINDOW)) / WINDOW;
      mean += weight * values[i];
      square += weight * values[i] * values[i];
    }
    double variance = square - mean * mean;
    assertThat(statistics.mean(0)).isCloseTo(mean, within(1e-9));
    assertThat(statistics.inverseDeviation(0)).isCloseTo(1 / Math.sqrt(variance), within(1e-9));
    assertThat(statistics.values[0]).isEqualTo(WINDOW);
  }

  @Test
  void inverseDeviation_valuesThatDoNotDiffer_isZero() {
    for (int i = 0; i < 1000; i++) {
      statistics.update(0, 0.1);
      statistics.update(3, 1e15 + (i % 2) * 0.125);
    }

    assertThat(statistics.inverseDeviation(0)).isZero();
    assertThat(statistics.inverseDeviation(3)).isZero();
  }

  @Test
  void inverseDeviation_nothingSeen_isZero() {
    assertThat(statistics.inverseDeviation(0)).isZero();
  }

  @Test
  void update_largestNumbers_staysFinite() {
    for (int i = 0; i < 2 * WINDOW; i++) {
      statistics.update(0, i % 2 == 0 ? Event.LARGEST : -Event.LARGEST);
    }

    assertThat(statistics.values[1]).isFinite();
    assertThat(statistics.values[2]).isFinite();
    assertThat(statistics.inverseDeviation(0)).isPositive();
  }

  private static double[] sample(int size, double mean, double deviation) {
    Random random = new Random(7);
    return random.doubles(size).map(u -> mean + deviation * (u - 0.5)).toArray();
  }

  @Test
  void merge_halvesOfASample_givesMomentsOfAll() {
    double[] values = sample(3000, 50, 4);
    FeatureStatistics other = new FeatureStatistics(2, new int[0]);
    for (int i = 0; i < values.length; i++) {
      (i < 1000 ? statistics : other).update(0, values[i] + (i < 1000 ? 0 : 7));
    }
    FeatureStatistics all = new FeatureStatistics(2, new int[0]);
    for (int i = 0; i < values.length; i++) {
      all.update(0, values[i] + (i < 1000 ? 0 : 7));
    }

    statistics.merge(other, 0.5f);

    assertThat(statistics.mean(0)).isCloseTo(all.mean(0), within(1e-9));
    assertThat(statistics.inverseDeviation(0)).isCloseTo(all.inverseDeviation(0), within(1e-9));
    assertThat(statistics.values[0]).isEqualTo(2000);
    assertThat(statistics.values[3]).as("never seen on either side").isZero();
  }
}
