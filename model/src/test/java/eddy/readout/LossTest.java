package eddy.readout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import eddy.math.Kernels;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Adjoints against central differences of the losses, written here in double. */
class LossTest {
  private static final double TOLERANCE = 1e-5;
  private static final double STEP = 1e-6;

  /** A loss of outputs and label. */
  private interface Value {
    double of(double[] z, double label);
  }

  private static double huber(double error) {
    return Math.abs(error) <= 1 ? error * error / 2 : Math.abs(error) - 0.5;
  }

  private static double logSumExp(double[] z) {
    double sum = 0;
    for (double value : z) {
      sum += Math.exp(value);
    }
    return Math.log(sum);
  }

  private static final Map<String, Value> VALUES =
      Map.of(
          "squared", (z, y) -> (z[0] - y) * (z[0] - y) / 2,
          "huber", (z, y) -> huber(z[0] - y),
          "logistic", (z, y) -> Math.log1p(Math.exp(z[0])) - y * z[0],
          "softmax", (z, y) -> logSumExp(z) - z[(int) y]);

  @Test
  void adjoint_everyLoss_equalsCentralDifferences() {
    assertThat(VALUES.keySet()).containsExactlyInAnyOrderElementsOf(Losses.names());
    for (String name : Losses.names()) {
      int outputs = name.equals("softmax") ? 4 : 1;
      for (double label : new double[] {0, 1}) {
        for (float start : new float[] {-3f, -0.4f, 0.3f, 2.5f}) {
          float[] z = new float[outputs];
          for (int i = 0; i < outputs; i++) {
            z[i] = start + 0.7f * i;
          }
          float[] adjoint = new float[outputs];
          Losses.of(name).adjoint(Kernels.fastest(), z, 0, outputs, label, adjoint, 0);
          for (int i = 0; i < outputs; i++) {
            double difference = difference(VALUES.get(name), z, i, label);
            assertThat((double) adjoint[i])
                .as("%s at %s, label %s, output %d", name, start, label, i)
                .isCloseTo(difference, within(TOLERANCE));
          }
        }
      }
    }
  }

  private static double difference(Value loss, float[] z, int i, double label) {
    double[] up = new double[z.length];
    double[] down = new double[z.length];
    for (int j = 0; j < z.length; j++) {
      up[j] = z[j] + (j == i ? STEP : 0);
      down[j] = z[j] - (j == i ? STEP : 0);
    }
    return (loss.of(up, label) - loss.of(down, label)) / (2 * STEP);
  }
}
