package eddy.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeasonFinderTest {
  private final SeasonFinder finder = new SeasonFinder();
  private final Random random = new Random(3);

  @ParameterizedTest
  @ValueSource(ints = {2, 7, 24, 48, 336})
  void period_noisyPattern_isItsLength(int period) {
    double[] pattern = random.doubles(period).toArray();
    feed(12 * period + 400, i -> pattern[i % period] + 0.05 * random.nextGaussian());
    assertThat(finder.period()).isEqualTo(period);
  }

  @Test
  void period_waveOnRandomWalk_isItsLength() {
    double[] walk = {0};
    feed(
        6000,
        i -> {
          walk[0] += 0.1 * random.nextGaussian();
          return walk[0] + 2 * StrictMath.sin(2 * Math.PI * i / 24);
        });
    assertThat(finder.period()).isEqualTo(24);
  }

  @Test
  void period_dayWithinWeek_isTheWeek() {
    double[] weekdays = {1, 1, 1, 1, 1, 0.3, 0.2};
    feed(
        3000,
        i ->
            weekdays[i / 24 % 7] * StrictMath.sin(2 * Math.PI * i / 24)
                + 0.05 * random.nextGaussian());
    assertThat(finder.period()).isEqualTo(168);
  }

  @Test
  void period_noSeason_isNone() {
    feed(6000, i -> random.nextGaussian());
    assertThat(finder.period()).isZero();
  }

  @Test
  void period_randomWalk_isNone() {
    double[] walk = {0};
    feed(6000, i -> walk[0] += random.nextGaussian());
    assertThat(finder.period()).isZero();
  }

  @Test
  void period_firstSeasons_isKnownWhenTwoHavePassed() {
    double[] pattern = random.doubles(100).toArray();
    Series series = new Series(finder.lookback());
    int found = 0;
    for (int i = 0; found == 0 && i < 1000; i++) {
      series.add(pattern[i % 100]);
      finder.observe(series);
      found = finder.period() == 100 ? i + 1 : 0;
    }
    assertThat(found).isBetween(200, 264); // asked every 64 values
  }

  @Test
  void period_seasonChanges_follows() {
    Series series = new Series(finder.lookback());
    double[] pattern = random.doubles(30).toArray();
    for (int i = 0; i < 60_000; i++) {
      series.add(pattern[i % (i < 20_000 ? 30 : 25)]);
      finder.observe(series);
      if (i == 19_999) {
        assertThat(finder.period()).isEqualTo(30);
      }
    }
    assertThat(finder.period()).isEqualTo(25);
  }

  @Test
  void period_manyShortKeys_isFoundFromAll() {
    double[] pattern = random.doubles(12).toArray();
    for (int key = 0; key < 40; key++) {
      Series series = new Series(finder.lookback());
      for (int i = 0; i < 30; i++) {
        series.add(10 * key + pattern[i % 12]);
        finder.observe(series);
      }
    }
    assertThat(finder.period()).isEqualTo(12);
  }

  private void feed(int values, IntToDoubleFunction value) {
    Series series = new Series(finder.lookback());
    for (int i = 0; i < values; i++) {
      series.add(value.applyAsDouble(i));
      finder.observe(series);
    }
  }
}
