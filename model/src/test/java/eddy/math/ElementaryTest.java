package eddy.math;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class ElementaryTest {
  /** A function of one float. */
  private interface FloatFunction {
    float apply(float x);
  }

  /** Largest error in units in the last place of the exact value over [-bound, bound]. */
  private static double largestError(
      FloatFunction function, DoubleUnaryOperator exact, float bound) {
    double worst = 0;
    for (int i = -400_000; i <= 400_000; i++) {
      float x = bound * i / 400_000f;
      double expected = exact.applyAsDouble(x);
      worst = Math.max(worst, Math.abs(function.apply(x) - expected) / Math.ulp((float) expected));
    }
    return worst;
  }

  @Test
  void exp_wholeRange_withinFourUlp() {
    assertThat(largestError(Elementary::exp, StrictMath::exp, 87)).isLessThan(4);
  }

  @Test
  void tanh_wholeRange_withinFourUlp() {
    assertThat(largestError(Elementary::tanh, StrictMath::tanh, 9)).isLessThan(4);
    assertThat(largestError(Elementary::tanh, StrictMath::tanh, 0.01f)).isLessThan(4);
  }

  @Test
  void sigmoid_wholeRange_withinFourUlp() {
    assertThat(largestError(Elementary::sigmoid, x -> 1 / (1 + StrictMath.exp(-x)), 30))
        .isLessThan(4);
  }

  @Test
  void extremes_saturateAndKeepNaN() {
    assertThat(Elementary.tanh(Float.MAX_VALUE)).isEqualTo(1f);
    assertThat(Elementary.tanh(Float.NEGATIVE_INFINITY)).isEqualTo(-1f);
    assertThat(Elementary.sigmoid(-1e30f)).isBetween(0f, 1e-37f);
    assertThat(Elementary.sigmoid(1e30f)).isEqualTo(1f);
    assertThat(Elementary.exp(0f)).isEqualTo(1f);
    assertThat(Elementary.tanh(Float.NaN)).isNaN();
    assertThat(Elementary.sigmoid(Float.NaN)).isNaN();
  }
}
