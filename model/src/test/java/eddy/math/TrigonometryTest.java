package eddy.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TrigonometryTest {
  @Test
  void sineAndCosine_anyAngle_withinBoundOfStrictMath() {
    RandomStream random = new RandomStream(9);
    for (int i = 0; i < 200_000; i++) {
      double x = random.uniform(-1, 1) * StrictMath.pow(10, random.uniform(-8, 5));
      assertThat(Trigonometry.sine(x)).isCloseTo(StrictMath.sin(x), within(1e-14));
      assertThat(Trigonometry.cosine(x)).isCloseTo(StrictMath.cos(x), within(1e-14));
    }
  }

  @Test
  void polar_anyAngle_isBothSidesRoundedToFloat() {
    RandomStream random = new RandomStream(10);
    float[] sides = new float[3];
    for (int i = 0; i < 200_000; i++) {
      double x = random.uniform(-1, 1) * StrictMath.pow(10, random.uniform(-8, 5));
      double r = random.nextDouble();
      Trigonometry.polar(r, x, sides, 2, 0);
      assertThat(sides[2]).isCloseTo((float) (r * StrictMath.cos(x)), within(6e-8f));
      assertThat(sides[0]).isCloseTo((float) (r * StrictMath.sin(x)), within(6e-8f));
    }
  }
}
