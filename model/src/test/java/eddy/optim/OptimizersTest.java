package eddy.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import eddy.math.Kernels;
import eddy.math.OptimizerKernels;
import eddy.math.RandomStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Each optimiser against its published formula in double, over a few steps of one weight. */
class OptimizersTest {
  private static final double TOLERANCE = 1e-6;
  private static final float[] GRADIENTS = {0.5f, -2f, 0.1f, 0f, 3f};
  private static final OptimizerKernels KERNELS = Kernels.fastest().optimizers();

  /**
   * Weight 0 of 20 has a gradient, so that both whole vectors and the rest of a range are there.
   */
  private static final int WEIGHTS = 20;

  private static float afterSteps(Optimizer optimizer, float scale) {
    float[] weights = new float[WEIGHTS];
    Arrays.fill(weights, 0.25f);
    float[] slots = new float[optimizer.slotsPerWeight() * WEIGHTS];
    Update update = new Update();
    update.scale = scale;
    for (int t = 0; t < GRADIENTS.length; t++) {
      float[] gradient = new float[WEIGHTS];
      gradient[0] = GRADIENTS[t];
      gradient[WEIGHTS - 1] = GRADIENTS[t];
      update.number = t + 1;
      optimizer.prepare(update);
      optimizer.update(KERNELS, update, gradient, weights, slots, 0, WEIGHTS);
    }
    assertThat(weights[1]).as("a weight without gradient").isEqualTo(0.25f);
    assertThat(weights[WEIGHTS - 1]).as("the rest of a range").isEqualTo(weights[0]);
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
  void obgd_modestSlope_isPlainDescent() {
    // one output: z = (1, 2), error 0.5, so that the bound is 0.1 * 2 * 1 * 3 = 0.6
    assertThat(obgdStep(0.1f, 0.5f, 1f, 2f)).containsExactly(-0.1f * 0.5f, -0.1f * 1f);
  }

  @Test
  void obgd_manySlopesWithinOne_doesNotOvershoot() {
    for (float error : new float[] {0.2f, -3f, 50f}) {
      float[] slope = {1f, -0.9f, 0.8f, 1f, -1f, 0.3f};
      float[] moved = obgdStep(1f, error, slope);
      double change = 0;
      double magnitude = 0;
      for (int i = 0; i < slope.length; i++) {
        change += moved[i] * slope[i];
        magnitude += Math.abs(slope[i]);
      }
      double size = Math.abs(error);
      double expected = error / (2 * Math.max(size, 1) * magnitude);
      assertThat((double) moved[0]).isCloseTo(-expected * slope[0], within(TOLERANCE));
      assertThat((error + change) / error).as("what is left of %s", error).isBetween(0.0, 1.0);
    }
  }

  /** Change of weights that start at 0, whose output has this error and this slope by them. */
  private static float[] obgdStep(float rate, float error, float... slope) {
    float[] gradient = new float[slope.length];
    for (int i = 0; i < slope.length; i++) {
      gradient[i] = error * slope[i];
    }
    GradientStep step =
        new GradientStep(
            Kernels.fastest(),
            Optimizers.of("obgd", rate),
            new Clip(Clip.Kind.NONE, 1),
            Schedule.CONSTANT);
    float[] weights = new float[slope.length];
    step.begin(1, Math.abs(error));
    step.measure(gradient, 0, gradient.length);
    assertThat(step.bound(new double[Clip.MEMORY])).isTrue();
    step.move(gradient, weights, new float[0], 0, weights.length);
    return weights;
  }

  @Test
  void restsAtZero_everyOptimizer_isTrueOfWhatItDoes() {
    RandomStream random = new RandomStream(3);
    for (String name : Optimizers.names()) {
      Optimizer optimizer = Optimizers.of(name, 0.1);
      float[] weights = new float[WEIGHTS];
      float[] slots = new float[optimizer.slotsPerWeight() * WEIGHTS];
      for (int i = 0; i < WEIGHTS; i++) {
        weights[i] = (float) random.nextGaussian();
      }
      for (int i = 0; i < slots.length; i++) {
        slots[i] = (float) random.nextDouble();
      }
      float[] weightsBefore = weights.clone();
      float[] slotsBefore = slots.clone();
      Update update = new Update();
      optimizer.prepare(update);
      optimizer.update(KERNELS, update, new float[WEIGHTS], weights, slots, 0, WEIGHTS);
      boolean rests = Arrays.equals(weights, weightsBefore) && Arrays.equals(slots, slotsBefore);
      assertThat(rests).as(name).isEqualTo(optimizer.restsAtZero());
    }
  }

  @Test
  void gradientStep_anyOptimizerAndSchedule_takesItsRateFromBoth() {
    for (String name : Optimizers.names()) {
      float[] scheduled = stepped(name, 0.2, Schedules.of("warm-up(4)"));
      float[] constant = stepped(name, 0.05, Schedule.CONSTANT);
      for (int i = 0; i < scheduled.length; i++) {
        assertThat((double) scheduled[i]).as(name).isCloseTo(constant[i], within(TOLERANCE));
        assertThat(scheduled[i]).as(name).isNotZero();
      }
    }
  }

  private static float[] stepped(String name, double rate, Schedule schedule) {
    Clip clip = new Clip(Clip.Kind.NONE, 1);
    Optimizer optimizer = Optimizers.of(name, rate);
    GradientStep step = new GradientStep(Kernels.fastest(), optimizer, clip, schedule);
    float[] gradient = {0.5f, -0.25f};
    float[] weights = new float[2];
    step.begin(1, 1f);
    step.measure(gradient, 0, 2);
    step.bound(new double[Clip.MEMORY]);
    step.move(gradient, weights, new float[2 * step.slotsPerWeight()], 0, 2);
    return weights;
  }

  @Test
  void gradientStep_clipByValue_limitsEachElementAndNothingElse() {
    Clip clip = new Clip(Clip.Kind.VALUE, 0.5);
    Optimizer sgd = Optimizers.of("sgd", 1);
    GradientStep step = new GradientStep(Kernels.fastest(), sgd, clip, Schedule.CONSTANT);
    float[] gradient = {0.25f, -7f, Float.POSITIVE_INFINITY, 0.5f};
    float[] weights = new float[4];
    step.begin(1, 1f);
    step.measure(gradient, 0, 4);
    assertThat(step.bound(new double[Clip.MEMORY])).isTrue();
    step.move(gradient, weights, new float[0], 0, 4);
    assertThat(weights).containsExactly(-0.25f, 0.5f, -0.5f, -0.5f);
    step.begin(2, 1f);
    step.measure(new float[] {Float.NaN}, 0, 1);
    assertThat(step.bound(new double[Clip.MEMORY])).as("NaN is not limited").isFalse();
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
    assertThat(Math.sqrt(memory[0])).as("a spike does not double the size").isLessThan(4);
  }

  @Test
  void clip_relativeToRareLargeGradients_leavesThemTheirSize() {
    Clip clip = new Clip(Clip.Kind.RELATIVE, 5);
    double[] memory = new double[2];
    float scale = 0;
    for (int i = 1; i <= 5000; i++) {
      scale = clip.scale(i % 100 == 0 ? 2500 : 1, memory, 0);
    }
    // root mean square of 1 and, in one of a hundred, 50: 5.1; five times that is half of 50
    assertThat((double) scale).isCloseTo(0.5, within(0.1));
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
