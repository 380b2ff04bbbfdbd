package eddy.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RunningMeanTest {
  static Supplier<RunningMean>[] means() {
    @SuppressWarnings({"unchecked", "rawtypes"})
    Supplier<RunningMean>[] all =
        new Supplier[] {
          (Supplier<RunningMean>) RunningMean::cumulative,
          (Supplier<RunningMean>) () -> RunningMean.windowed(1000),
          (Supplier<RunningMean>) () -> RunningMean.fading(.999)
        };
    return all;
  }

  @ParameterizedTest
  @MethodSource("means")
  void mean_beforeTheFirstValue_isUndefined(Supplier<RunningMean> means) {
    RunningMean mean = means.get();
    assertThat(mean.count()).isZero();
    assertThat(mean.mean()).isNaN();
  }

  @ParameterizedTest
  @MethodSource("means")
  void mean_ofEqualValues_isThatValue(Supplier<RunningMean> means) {
    RunningMean mean = means.get();
    for (int i = 0; i < 5000; i++) {
      mean.add(-3.25);
    }
    assertThat(mean.count()).isEqualTo(5000);
    assertThat(mean.mean()).isCloseTo(-3.25, within(1e-12));
  }

  @ParameterizedTest
  @MethodSource("means")
  void mean_withAnInfiniteValue_isInfinite(Supplier<RunningMean> means) {
    RunningMean mean = means.get();
    mean.add(1);
    mean.add(Double.POSITIVE_INFINITY);
    mean.add(2);
    assertThat(mean.mean()).isEqualTo(Double.POSITIVE_INFINITY);
  }

  @Test
  void cumulative_valuesOfVeryDifferentSize_equalsExactArithmetic() {
    Random random = new Random(5);
    RunningMean mean = RunningMean.cumulative();
    BigDecimal exact = BigDecimal.ZERO;
    int count = 20_000;
    for (int i = 0; i < count; i++) {
      double value = random.nextGaussian() * Math.pow(10, random.nextInt(24) - 12);
      mean.add(value);
      exact = exact.add(new BigDecimal(value));
    }
    double expected = exact.divide(BigDecimal.valueOf(count), MathContext.DECIMAL64).doubleValue();
    assertThat(mean.mean()).isCloseTo(expected, within(1e-15 * Math.abs(expected)));
  }

  @Test
  void windowed_moreValuesThanItHolds_isTheMeanOfTheNewest() {
    RunningMean mean = RunningMean.windowed(3);
    double[] expected = {1, 1.5, 7.0 / 3, 14.0 / 3, 28.0 / 3};
    double value = 1;
    for (double mark : expected) {
      mean.add(value);
      assertThat(mean.mean()).isCloseTo(mark, within(1e-15));
      value *= 2;
    }
    assertThat(mean.count()).isEqualTo(5);
  }

  @Test
  void windowed_infiniteValueThatLeft_leavesNoTrace() {
    RunningMean mean = RunningMean.windowed(2);
    mean.add(Double.POSITIVE_INFINITY);
    mean.add(1);
    mean.add(2);
    assertThat(mean.mean()).isEqualTo(1.5);
  }

  @Test
  void fading_threeValues_weighsEachByItsAge() {
    RunningMean mean = RunningMean.fading(.5);
    mean.add(4);
    mean.add(8);
    mean.add(16);
    // (16 + 8/2 + 4/4) / (1 + 1/2 + 1/4)
    assertThat(mean.mean()).isCloseTo(12, within(1e-12));
  }

  @Test
  void windowed_withoutRoom_isRefused() {
    assertThatThrownBy(() -> RunningMean.windowed(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least 1 value but holds 0");
  }

  @Test
  void fading_factorOutsideZeroToOne_isRefused() {
    for (double factor : new double[] {0, 1, -1, Double.NaN}) {
      assertThatThrownBy(() -> RunningMean.fading(factor))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("(0, 1) but was " + factor);
    }
  }
}
