package eddy.readout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

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
      double label = 0.3 * f[0] - 0.2 * f[1] + 0.1 + 0.05 * random.nextGaussian();
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
  void leastSquares_oneSpike_movesNoMoreThanAnErrorOfOne() {
    Slice slice = new Slice(0, 1, new Huber());
    Readout readout = new LeastSquaresReadout(Kernels.fastest(), FEATURES, DENSE, List.of(slice));
    float[] f = features();
    float[] moved = new float[2];
    for (int i = 0; i < 2; i++) {
      ReadoutWeights weights = readout.newWeights(random);
      readout.learn(weights, slice, f, NO_ROWS, new float[1], i == 0 ? 1 : 1e6, new float[DENSE]);
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
}
