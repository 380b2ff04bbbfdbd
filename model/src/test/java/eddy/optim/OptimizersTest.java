package eddy.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Each optimiser against its published formula in double, over a few steps of one weight. */
class OptimizersTest {
  private static final double TOLERANCE = 1e-6;
  private static final float[] GRADIENTS = {0.5f, -2f, 0.1f, 0f, 3f};

  private static float afterSteps(Optimizer optimizer, float scale) {
    float[] weights = {0.25f, 0.25f};
    float[] slots = new float[optimizer.slotsPerWeight() * 2];
    for (int t = 0; t < GRADIENTS.length; t++) {
      float[] gradient = {GRADIENTS[t], 0f};
      optimizer.update(gradient, scale, t + 1, weights, slots);
    }
    assertThat(weights[1]).as("a weight without gradient").isEqualTo(0.25f);
    return weights[0];
  }

  @Test
  void sgd_severalSteps_equalsFormula() {
    double w = 0.25;
    for (float g : GRADIENTS) {
      w -= 0.1 * 0.5 * g;
    }
    assertThat((double) afterSteps(Optimizers.of("sgd", 0.1), 0.5f))
        .isCloseTo(w, within(TOLERANCE));
  }

  @Test
  void momentum_severalSteps_equalsFormula() {
    double w = 0.25;
    double m = 0;
    for (float g : GRADIENTS) {
      m = 0.9 * m + g;
      w -= 0.01 * m;
    }
    assertThat((double) afterSteps(Optimizers.of("momentum", 0.01), 1f))
        .isCloseTo(w, within(TOLERANCE));
  }

  @Test
  void rmsprop_severalSteps_equalsFormula() {
    double w = 0.25;
    double v = 0;
    for (float g : GRADIENTS) {
      v = 0.99 * v + 0.01 * g * g;
      w -= 0.01 * g / (Math.sqrt(v) + 1e-8);
    }
    assertThat((double) afterSteps(Optimizers.of("rmsprop", 0.01), 1f))
        .isCloseTo(w, within(TOLERANCE));
  }

  @Test
  void adagrad_severalSteps_equalsFormula() {
    double w = 0.25;
    double sum = 0;
    for (float g : GRADIENTS) {
      sum += (double) g * g;
      w -= 0.1 * g / (Math.sqrt(sum) + 0.01);
    }
    assertThat((double) afterSteps(Optimizers.of("adagrad", 0.1), 1f))
        .isCloseTo(w, within(TOLERANCE));
  }

  @Test
  void adam_severalSteps_equalsFormula() {
    double w = 0.25;
    double m = 0;
    double v = 0;
    for (int t = 1; t <= GRADIENTS.length; t++) {
      double g = GRADIENTS[t - 1];
      m = 0.9 * m + 0.1 * g;
      v = 0.999 * v + 0.001 * g * g;
      w -= 0.01 * (m / (1 - Math.pow(0.9, t))) / (Math.sqrt(v / (1 - Math.pow(0.999, t))) + 1e-8);
    }
    assertThat((double) afterSteps(Optimizers.of("adam", 0.01), 1f))
        .isCloseTo(w, within(TOLERANCE));
  }

  @Test
  void of_unknownName_namesTheKnownOnes() {
    assertThatThrownBy(() -> Optimizers.of("adamw", 0.1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("adamw")
        .hasMessageContaining("adagrad");
  }

  @Test
  void clip_fixedNorm_scalesToTheBound() {
    Clip clip = new Clip(Clip.Kind.NORM, 2);
    assertThat(clip.scale(100, new double[2], 0)).isEqualTo(0.2f);
    assertThat(clip.scale(1, new double[2], 0)).isEqualTo(1f);
  }

  @Test
  void clip_relative_letsOrdinaryGradientsPassAndCutsASpike() {
    Clip clip = new Clip(Clip.Kind.RELATIVE, 5);
    double[] memory = new double[2];
    for (int i = 0; i < 100; i++) {
      assertThat(clip.scale(4, memory, 0)).isEqualTo(1f);
    }
    // norm 200 against a running size of 2: cut to 5 * 2
    assertThat((double) clip.scale(40_000, memory, 0)).isCloseTo(0.05, within(1e-3));
    assertThat(Math.sqrt(memory[0])).as("a spike hardly moves the size").isLessThan(2.3);
  }

  @Test
  void clip_relativeAfterZeros_doesNotShutForEver() {
    Clip clip = new Clip(Clip.Kind.RELATIVE, 5);
    double[] memory = new double[2];
    for (int i = 0; i < 50; i++) {
      clip.scale(0, memory, 0);
    }
    assertThat(clip.scale(1, memory, 0)).isEqualTo(1f);
  }

  @Test
  void clip_gradientOutOfRange_isUnusableAndLeavesMemory() {
    for (Clip.Kind kind : Clip.Kind.values()) {
      double[] memory = {1, 10};
      Clip clip = new Clip(kind, 5);
      assertThat(clip.scale(Double.NaN, memory, 0)).isNaN();
      assertThat(clip.scale(Double.POSITIVE_INFINITY, memory, 0)).isNaN();
      assertThat(memory).containsExactly(1, 10);
    }
  }
}
