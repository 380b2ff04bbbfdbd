package eddy.readout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import eddy.math.Alignment;
import eddy.math.Kernels;
import eddy.math.RandomStream;
import java.util.List;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

/** Recursive updates against the batch solutions they stand for, solved by EJML. */
class SecondOrderTest {
  private static final int[] NO_ROWS = {};
  private static final int FEATURES = 6;
  private static final int DENSE = 2;
  private static final double LAMBDA = 0.9999;

  private final RandomStream random = new RandomStream(4);

  private float[] features() {
    float[] f = new float[FEATURES];
    for (int i = 0; i < FEATURES - 1; i++) {
      f[i] = (float) random.nextGaussian();
    }
    f[FEATURES - 1] = 1f;
    return f;
  }

  @Test
  void leastSquares_smallErrors_equalsTheWeightedBatchSolution() {
    Slice slice = new Slice(0, 1, new Huber());
    Readout readout = new LeastSquaresReadout(Kernels.fastest(), FEATURES, DENSE, List.of(slice));
    ReadoutWeights weights = readout.newWeights(random);
    // sum of lambda^(n-i) f f' + lambda^n I / 0.1, and the same of f y
    SimpleMatrix information = SimpleMatrix.identity(FEATURES).scale(10);
    SimpleMatrix moment = new SimpleMatrix(FEATURES, 1);
    float[] z = new float[1];
    for (int n = 0; n < 300; n++) {
      float[] f = features();
      double label = 0.1 * f[0] - 0.07 * f[1] + 0.04 + 0.02 * random.nextGaussian();
      readout.learn(weights, slice, f, NO_ROWS, z, label, new float[DENSE]);
      SimpleMatrix column = new SimpleMatrix(FEATURES, 1);
      for (int i = 0; i < FEATURES; i++) {
        column.set(i, f[i]);
      }
      information = information.scale(LAMBDA).plus(column.mult(column.transpose()));
      moment = moment.scale(LAMBDA).plus(column.scale(label));
    }
    SimpleMatrix expected = information.solve(moment);
    for (int i = 0; i < FEATURES; i++) {
      assertThat((double) weights.values[i]).isCloseTo(expected.get(i), within(1e-4));
    }
  }

  @Test
  void leastSquares_oneSpike_movesNoMoreThanAnErrorAtTheBound() {
    Slice slice = new Slice(0, 1, new Huber());
    Readout readout = new LeastSquaresReadout(Kernels.fastest(), FEATURES, DENSE, List.of(slice));
    float[] f = features();
    float[] moved = new float[2];
    for (int i = 0; i < 2; i++) {
      ReadoutWeights weights = readout.newWeights(random);
      readout.learn(weights, slice, f, NO_ROWS, new float[1], i == 0 ? 0.5 : 1e6, new float[DENSE]);
      moved[i] = weights.values[FEATURES - 1];
    }
    assertThat(moved[1] / moved[0]).isBetween(0.5f, 2.5f);
  }

  @Test
  void newton_separableClasses_learnsThemAndStaysFinite() {
    Slice slice = new Slice(0, 3, new Softmax());
    Readout readout = new NewtonReadout(Kernels.fastest(), FEATURES, DENSE, List.of(slice));
    ReadoutWeights weights = readout.newWeights(random);
    float[] z = new float[3];
    int right = 0;
    for (int n = 0; n < 3000; n++) {
      float[] f = features();
      int label = f[0] > 0.5f ? 0 : f[1] > 0 ? 1 : 2;
      readout.outputs(weights, f, NO_ROWS, z);
      int said = z[0] > z[1] && z[0] > z[2] ? 0 : z[1] > z[2] ? 1 : 2;
      right += n >= 2000 && said == label ? 1 : 0;
      readout.learn(weights, slice, f, NO_ROWS, z, label, new float[DENSE]);
    }
    assertThat(right).isGreaterThan(900);
    for (float value : weights.values) {
      assertThat(value).isFinite();
    }
  }

  @Test
  void merge_learnersOfDisjointHalves_equalsTheBatchSolutionOfAll() {
    Slice slice = new Slice(0, 1, new Huber());
    Readout readout = new LeastSquaresReadout(Kernels.fastest(), FEATURES, DENSE, List.of(slice));
    ReadoutWeights[] halves = {readout.newWeights(random), readout.newWeights(random)};
    SimpleMatrix prior = SimpleMatrix.identity(FEATURES).scale(10);
    SimpleMatrix moment = new SimpleMatrix(FEATURES, 1);
    SimpleMatrix[] parts = {prior.copy(), prior.copy()};
    SimpleMatrix[] moments = {moment.copy(), moment.copy()};
    float[] z = new float[1];
    for (int n = 0; n < 300; n++) {
      int half = n % 2;
      float[] f = features();
      // one feature is seen by one half only
      f[1] = half == 0 ? 0f : f[1];
      double label = 0.1 * f[0] - 0.07 * f[1] + 0.04 + 0.02 * random.nextGaussian();
      readout.learn(halves[half], slice, f, NO_ROWS, z, label, new float[DENSE]);
      SimpleMatrix column = new SimpleMatrix(FEATURES, 1);
      for (int i = 0; i < FEATURES; i++) {
        column.set(i, f[i]);
      }
      parts[half] = parts[half].scale(LAMBDA).plus(column.mult(column.transpose()));
      moments[half] = moments[half].scale(LAMBDA).plus(column.scale(label));
    }
    // the second half was learned from the prior, which counts once
    SimpleMatrix all = parts[0].plus(parts[1]).minus(prior);
    SimpleMatrix expected = all.solve(moments[0].plus(moments[1]));

    ReadoutWeights[] bases = {readout.newWeights(random), readout.newWeights(random)};
    Alignment features = Alignment.same(FEATURES, 0.5f);
    Alignment outputs = Alignment.same(1, 0.5f);
    readout.merge(halves[0], bases[0], halves[1], bases[1], features, outputs, 0.5f);

    for (int i = 0; i < FEATURES; i++) {
      assertThat((double) halves[0].values[i]).isCloseTo(expected.get(i), within(1e-4));
      assertThat((double) bases[0].values[i]).isCloseTo(halves[1].values[i], within(1e-4));
    }
    SimpleMatrix covariance = all.invert();
    for (int i = 0; i < FEATURES * FEATURES; i++) {
      assertThat(halves[0].memory[i]).isCloseTo(covariance.get(i), within(1e-6));
    }
  }
}
