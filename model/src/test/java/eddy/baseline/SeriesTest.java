package eddy.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SeriesTest {
  @Test
  void at_moreThanIsKept_isOfTheNewest() {
    Series series = new Series(10);
    for (int i = 0; i < 137; i++) {
      series.add(i * i);
      assertThat(series.last()).isEqualTo(i * i);
    }
    assertThat(series.has(126)).isFalse();
    for (int i = 127; i < 137; i++) {
      assertThat(series.has(i)).isTrue();
      assertThat(series.at(i)).isEqualTo(i * i);
    }
    assertThat(series.has(137)).isFalse();
  }

  @Test
  void addDistances_anyLength_areThoseToEarlierValues() {
    int most = 5;
    double[] sums = new double[most];
    double[] expected = new double[most];
    Series series = new Series(most + 1);
    double[] values = new double[40];
    for (int n = 0; n < values.length; n++) {
      values[n] = StrictMath.sin(n * n);
      series.add(values[n]);
      series.addDistances(sums);
      for (int p = 1; p <= Math.min(most, n); p++) {
        expected[most - p] += Math.abs(values[n] - values[n - p]);
      }
      assertThat(sums).containsExactly(expected, within(1e-12));
    }
  }
}
