package eddy.readout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import eddy.math.Kernels;
import eddy.math.OptimizerKernels;
import eddy.math.RandomStream;
import eddy.optim.Clip;
import eddy.optim.GradientStep;
import eddy.optim.Optimizer;
import eddy.optim.Optimizers;
import eddy.optim.Schedule;
import eddy.optim.Update;
import java.util.List;
import org.junit.jupiter.api.Test;

class GradientReadoutTest {
  private static final int FEATURES = 20;
  private static final int DENSE = 5;
  private static final int HIDDEN = 4;
  private static final Slice NUMBER = new Slice(0, 1, new Squared());
  private static final Slice CLASSES = new Slice(1, 3, new Softmax());
  private static final List<Slice> SLICES = List.of(NUMBER, CLASSES);
  private static final int OUTPUTS = 4;
  private static final int[] NO_ROWS = {};

  /** Of float arithmetic, through central differences of this step. */
  private static final double TOLERANCE = 2e-3;

  private static final float STEP = 5e-3f;

  private final RandomStream random = new RandomStream(9);

  private static GradientReadout readout(Optimizer optimizer) {
    Kernels kernels = Kernels.fastest();
    Clip clip = new Clip(Clip.Kind.NONE, 1);
    GradientStep step = new GradientStep(kernels, optimizer, clip, Schedule.CONSTANT);
    return new GradientReadout(
        kernels, FEATURES, DENSE, RowRange.NONE, HIDDEN, OUTPUTS, SLICES, step);
  }

  /** Dense features, then slots of which one is set, then 1. */
  private float[] features() {
    float[] f = new float[FEATURES];
    for (int i = 0; i < DENSE; i++) {
      f[i] = (float) random.nextGaussian();
    }
    f[DENSE + (int) (10 * random.nextDouble())] = 1f;
    f[FEATURES - 1] = 1f;
    return f;
  }

  private ReadoutWeights randomWeights(GradientReadout readout) {
    ReadoutWeights weights = readout.newWeights(random);
    for (int i = 0; i < weights.values.length; i++) {
      weights.values[i] = (float) (0.5 * random.nextGaussian());
    }
    return weights;
  }

  private static double loss(
      GradientReadout readout, ReadoutWeights weights, float[] f, double number, int label) {
    float[] z = new float[OUTPUTS];
    readout.outputs(weights, f, NO_ROWS, z);
    double sum = 0;
    for (int o = 1; o < OUTPUTS; o++) {
      sum += Math.exp(z[o]);
    }
    return (z[0] - number) * (z[0] - number) / 2 + Math.log(sum) - z[1 + label];
  }

  @Test
  void learn_numberAndClasses_gradientsEqualCentralDifferences() {
    GradientReadout readout = readout(Optimizers.of("sgd", 1));
    ReadoutWeights weights = randomWeights(readout);
    float[] f = features();
    float[] z = new float[OUTPUTS];
    float[] adjoint = new float[DENSE];
    readout.outputs(weights, f, NO_ROWS, z);
    float[] before = weights.values.clone();
    readout.learn(weights, NUMBER, f, NO_ROWS, z, 0.3, adjoint);
    readout.learn(weights, CLASSES, f, NO_ROWS, z, 2, adjoint);
    for (int i = 0; i < DENSE; i++) {
      float[] up = f.clone();
      float[] down = f.clone();
      up[i] += STEP;
      down[i] -= STEP;
      double change = loss(readout, weights, up, 0.3, 2) - loss(readout, weights, down, 0.3, 2);
      double slope = change / (up[i] - down[i]);
      assertThat((double) adjoint[i]).as("feature %d", i).isCloseTo(slope, within(TOLERANCE));
    }
    double[] slopes = new double[before.length];
    for (int i = 0; i < before.length; i++) {
      weights.values[i] = before[i] + STEP;
      double change = loss(readout, weights, f, 0.3, 2);
      weights.values[i] = before[i] - STEP;
      slopes[i] = (change - loss(readout, weights, f, 0.3, 2)) / (2 * STEP);
      weights.values[i] = before[i];
    }
    // at rate 1 without momentum a step is the gradient
    assertThat(readout.update(weights, 1)).isTrue();
    for (int i = 0; i < before.length; i++) {
      assertThat((double) (before[i] - weights.values[i]))
          .as("weight %d", i)
          .isCloseTo(slopes[i], within(TOLERANCE));
    }
  }

  @Test
  void update_rowsPassedOver_equalsUpdateOfAll() {
    GradientReadout few = readout(Optimizers.of("adagrad", 0.1));
    GradientReadout all = readout(new Visiting(Optimizers.of("adagrad", 0.1)));
    ReadoutWeights fewWeights = few.newWeights(new RandomStream(2));
    ReadoutWeights allWeights = all.newWeights(new RandomStream(2));
    float[] z = new float[OUTPUTS];
    for (int n = 1; n <= 50; n++) {
      float[] f = features();
      int label = (int) (3 * random.nextDouble());
      double number = random.nextGaussian();
      for (GradientReadout readout : List.of(few, all)) {
        ReadoutWeights weights = readout == few ? fewWeights : allWeights;
        readout.outputs(weights, f, NO_ROWS, z);
        if (n % 3 > 0) {
          readout.learn(weights, NUMBER, f, NO_ROWS, z, number, new float[DENSE]);
        }
        readout.learn(weights, CLASSES, f, NO_ROWS, z, label, new float[DENSE]);
        readout.update(weights, n);
      }
      assertThat(fewWeights.values).containsExactly(allWeights.values);
      assertThat(fewWeights.slots).containsExactly(allWeights.slots);
    }
  }

  /** An optimiser that does not say that it rests at zero. */
  private record Visiting(Optimizer inner) implements Optimizer {
    @Override
    public String name() {
      return inner.name();
    }

    @Override
    public int slotsPerWeight() {
      return inner.slotsPerWeight();
    }

    @Override
    public boolean restsAtZero() {
      return false;
    }

    @Override
    public void update(
        OptimizerKernels kernels,
        Update update,
        float[] gradient,
        float[] weights,
        float[] slots,
        int at,
        int length) {
      inner.update(kernels, update, gradient, weights, slots, at, length);
    }
  }

  @Test
  void update_twoLabelsOfOneSliceBefore_movesTheRowsOfBoth() {
    GradientReadout readout = readout(Optimizers.of("sgd", 0.1));
    ReadoutWeights weights = readout.newWeights(random);
    float[] first = new float[FEATURES];
    float[] second = new float[FEATURES];
    first[DENSE] = 1f;
    second[DENSE + 7] = 1f;
    float[] z = new float[OUTPUTS];
    readout.learn(weights, CLASSES, first, NO_ROWS, z, 0, new float[DENSE]);
    readout.learn(weights, CLASSES, second, NO_ROWS, z, 1, new float[DENSE]);
    readout.update(weights, 1);
    readout.outputs(weights, first, NO_ROWS, z);
    assertThat(z[1]).isGreaterThan(z[2]);
    readout.outputs(weights, second, NO_ROWS, z);
    assertThat(z[2]).isGreaterThan(z[1]);
  }

  @Test
  void update_gradientNotFinite_leavesWeightsAndForgets() {
    GradientReadout readout = readout(Optimizers.of("adagrad", 0.1));
    ReadoutWeights weights = readout.newWeights(random);
    float[] before = weights.values.clone();
    float[] z = {Float.NaN, 0, 0, 0};
    float[] f = features();
    readout.learn(weights, NUMBER, f, NO_ROWS, z, 0, new float[DENSE]);
    assertThat(readout.update(weights, 1)).isFalse();
    assertThat(weights.values).containsExactly(before);
    readout.learn(weights, NUMBER, f, NO_ROWS, new float[OUTPUTS], 1, new float[DENSE]);
    assertThat(readout.update(weights, 2)).isTrue();
    assertThat(weights.values).isNotEqualTo(before);
  }
}
