package eddy.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every baseline by its formula over the whole series, written out here once more. */
class NumberBaselinesTest {
  private static final double ROUNDING = 1e-9;

  private final double[] values = new Random(7).doubles(400).toArray();

  /** What a baseline says at every value of the number so many steps after it. */
  private static double[] forecasts(NumberBaseline baseline, Season season, int steps, double[] y) {
    NumberRivals rivals = new NumberRivals(List.of(baseline), season, steps + 1);
    NumberRivals.Key key = rivals.newKey();
    double[] said = new double[1];
    double[] result = new double[y.length - steps];
    for (int n = 0; n < y.length; n++) {
      if (n >= steps) {
        rivals.settle(n - steps, steps, y[n], key, said);
        result[n - steps] = said[0];
      }
      rivals.observe(y[n], key);
      rivals.forecast(n, steps, y[n], key);
    }
    return result;
  }

  @ParameterizedTest
  @CsvSource({"1,1", "7,1", "7,7", "7,9", "24,30", "5,23"})
  void seasonalNaive_anyHorizon_isTheNewestValueOfItsPlace(int period, int steps) {
    Season season = Season.of(period);
    double[] said = forecasts(new SeasonalNaive(season), season, steps, values);
    for (int n = 0; n < said.length; n++) {
      int from = n + steps;
      while (from > n) {
        from -= period;
      }
      assertThat(said[n]).as("from %s", n).isEqualTo(from < 0 ? values[n] : values[from]);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void runningMean_anyHorizon_isThatOfLabels(int steps) {
    double[] said = forecasts(new MeanValue(), Season.of(1), steps, values);
    for (int n = steps; n < said.length; n++) {
      double sum = 0;
      for (int label = steps; label <= n; label++) {
        sum += values[label];
      }
      assertThat(said[n]).isCloseTo(sum / (n - steps + 1), within(ROUNDING));
    }
  }

  @Test
  void runningMean_newKey_isThatOfOthers() {
    MeanValue mean = new MeanValue();
    NumberRivals rivals = new NumberRivals(List.of(mean), Season.of(1), 2);
    NumberRivals.Key known = rivals.newKey();
    double[] said = new double[1];
    for (double label : new double[] {1, 2, 6}) {
      rivals.forecast((long) label, 1, 0, known);
      rivals.settle((long) label, 1, label, known, said);
    }
    NumberRivals.Key unknown = rivals.newKey();
    rivals.forecast(7, 1, 0, unknown);
    rivals.settle(7, 1, 100, unknown, said);
    assertThat(said[0]).isEqualTo(3);
    rivals.forecast(8, 1, 0, unknown);
    rivals.settle(8, 1, 100, unknown, said);
    assertThat(said[0]).isEqualTo(100);
  }

  @Test
  void smoothing_oneStepSize_isTheWeightedSumOfAllValues() {
    double a = 0.3;
    double[] said = forecasts(new Smoothing(a), Season.of(1), 2, values);
    for (int n = 0; n < said.length; n++) {
      double sum = StrictMath.pow(1 - a, n) * values[0];
      for (int back = 0; back < n; back++) {
        sum += a * StrictMath.pow(1 - a, back) * values[n - back];
      }
      assertThat(said[n]).isCloseTo(sum, within(ROUNDING));
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.05, 0.2, 1})
  void smoothing_race_isAsGoodAsTheBestStepSize(double best) {
    // a walk of steps q below noise 1 is smoothed best by a, where q^2 = a^2 / (1 - a)
    Random random = new Random(9);
    double[] y = new double[6000];
    double walk = 0;
    for (int n = 0; n < y.length; n++) {
      walk += (best == 1 ? 1 : best / Math.sqrt(1 - best)) * random.nextGaussian();
      y[n] = walk + (best == 1 ? 0 : random.nextGaussian());
    }
    double raced = error(forecasts(new Smoothing(), Season.of(1), 1, y), 1, y);
    double known = error(forecasts(new Smoothing(best), Season.of(1), 1, y), 1, y);
    double other = error(forecasts(new Smoothing(0.6), Season.of(1), 1, y), 1, y);
    assertThat(raced).isLessThan(1.01 * known).isLessThan(0.98 * other);
  }

  private static double error(double[] said, int ahead, double[] y) {
    double sum = 0;
    for (int n = said.length / 2; n < said.length; n++) {
      sum += Math.abs(said[n] - y[n + ahead]);
    }
    return sum / (said.length - said.length / 2);
  }

  /** Additive Holt-Winters as its equations are printed, states kept for all time. */
  @ParameterizedTest
  @CsvSource({"1,1", "4,1", "4,4", "4,6", "12,5"})
  void holtWinters_oneSetOfSteps_isByItsEquations(int period, int ahead) {
    double a = 0.4;
    double c = 0.15;
    double g = 0.25;
    Season season = Season.of(period);
    HoltWinters baseline = new HoltWinters(season, new double[] {a, c, g});
    double[] said = forecasts(baseline, season, ahead, values);
    int begin = period == 1 ? 0 : 2 * period - 1; // the newest value of the first two seasons
    double[] level = new double[values.length];
    double[] trend = new double[values.length];
    double[] place = new double[values.length];
    if (period == 1) {
      level[0] = values[0];
    } else {
      double first = mean(0, period);
      double second = mean(period, period);
      trend[begin] = (second - first) / period;
      level[begin] = second + trend[begin] * (period - 1) / 2;
      for (int i = 0; i < period; i++) {
        double line = trend[begin] * (i - (period - 1) / 2.0);
        place[period + i] = (values[period + i] - second - line + values[i] - first - line) / 2;
      }
    }
    for (int t = begin + 1; t < values.length; t++) {
      double old = period == 1 ? 0 : place[t - period];
      level[t] = a * (values[t] - old) + (1 - a) * (level[t - 1] + trend[t - 1]);
      trend[t] = c * (level[t] - level[t - 1]) + (1 - c) * trend[t - 1];
      place[t] = period == 1 ? 0 : g * (values[t] - level[t]) + (1 - g) * old;
    }
    for (int t = begin; t < said.length; t++) {
      int from = t + ahead;
      while (from > t) {
        from -= period;
      }
      double expected = level[t] + ahead * trend[t] + place[from];
      assertThat(said[t]).as("at %s", t).isCloseTo(expected, within(ROUNDING));
    }
  }

  private double mean(int from, int count) {
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += values[from + i];
    }
    return sum / count;
  }

  @Test
  void holtWinters_lineAndSeason_isExact() {
    double[] y = new double[300];
    for (int n = 0; n < y.length; n++) {
      y[n] = 2 + 0.5 * n + new double[] {3, -1, -2, 0}[n % 4];
    }
    Season season = Season.of(4);
    double[] said = forecasts(new HoltWinters(season), season, 6, y);
    for (int n = 10; n < said.length; n++) {
      assertThat(said[n]).isCloseTo(y[n + 6], within(1e-8));
    }
  }

  /**
   * Of y_n = .3 y_{n-1} - .2 y_{n-2} + .5 y_{n-12} + e_n nothing errs less, h ahead, than the sum
   * of the e to come: psi = 1, .3, .3^2 - .2.
   */
  @ParameterizedTest
  @CsvSource({"1,1", "3,1.1021"})
  void laggedLinear_linearSeries_errsByChanceAlone(int ahead, double variance) {
    Random random = new Random(1);
    double[] y = new double[12_000];
    for (int n = 0; n < y.length; n++) {
      double known = n < 12 ? 0 : 0.3 * y[n - 1] - 0.2 * y[n - 2] + 0.5 * y[n - 12];
      y[n] = known + random.nextGaussian();
    }
    Season season = Season.of(12);
    double error = error(forecasts(new LaggedLinear(season), season, ahead, y), ahead, y);
    double least = Math.sqrt(2 * variance / Math.PI);
    assertThat(error).isBetween(0.97 * least, 1.04 * least);
    double seasonal = error(forecasts(new SeasonalNaive(season), season, ahead, y), ahead, y);
    assertThat(error).isLessThan(0.9 * seasonal);
  }

  @Test
  void forecast_knowsNothing_saysPersistence() {
    NumberRivals rivals = Baselines.ALL.ofNumber(true, 3);
    NumberRivals.Key key = rivals.newKey();
    double[] said = new double[rivals.names().size()];
    rivals.forecast(0, 2, 17, key);
    rivals.settle(0, 2, 1, key, said);
    assertThat(said).containsOnly(17);
  }

  @Test
  void settle_givenUpForecast_saysNothing() {
    NumberRivals rivals = Baselines.ALL.ofNumber(true, 3);
    NumberRivals.Key key = rivals.newKey();
    double[] said = new double[rivals.names().size()];
    for (int position = 0; position < 8; position++) {
      rivals.observe(position, key);
      rivals.forecast(position, 1, position, key);
    }
    rivals.settle(4, 1, 1, key, said);
    assertThat(said).containsOnly(Double.NaN);
    rivals.settle(5, 1, 1, key, said);
    assertThat(said).doesNotContain(Double.NaN);
  }

  @Test
  void forecast_wildValues_staysFinite() {
    NumberRivals rivals = Baselines.ALL.ofNumber(true, 2);
    NumberRivals.Key key = rivals.newKey();
    double[] said = new double[rivals.names().size()];
    Random random = new Random(2);
    for (int n = 0; n < 3000; n++) {
      double value =
          n % 50 == 0 ? 3e38 * random.nextGaussian() : n % 7 == 0 ? 0 : random.nextGaussian();
      if (n > 0) {
        rivals.settle(n - 1, 1, value, key, said);
        assertThat(Arrays.stream(said).allMatch(Double::isFinite)).isTrue();
      }
      rivals.observe(value, key);
      rivals.forecast(n, 1, value, key);
    }
  }
}
