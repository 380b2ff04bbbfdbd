package eddy.readout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import eddy.math.Kernels;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.Size;
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
    return Math.abs(error) <= 0.5 ? error * error / 2 : Math.abs(error) / 2 - 0.125;
  }

  private static double logSumExp(double[] z) {
    double sum = 0;
    for (double value : z) {
      sum += Math.exp(value);
    }
    return Math.log(sum);
  }

  private static final double[] LEVELS = {0.1, 0.5, 0.9};

  private static double pinball(double[] z, double y) {
    double below = z[1] - (z[0] + Math.sqrt(z[0] * z[0] + 4)) / 2;
    double above = z[1] + (z[2] + Math.sqrt(z[2] * z[2] + 4)) / 2;
    double[] quantiles = {below, z[1], above};
    double sum = 0;
    for (int i = 0; i < quantiles.length; i++) {
      double error = y - quantiles[i];
      sum += error > 0 ? LEVELS[i] * error : (LEVELS[i] - 1) * error;
    }
    return sum;
  }

  private static final Map<String, Value> VALUES =
      Map.of(
          "squared", (z, y) -> (z[0] - y) * (z[0] - y) / 2,
          "huber", (z, y) -> huber(z[0] - y),
          "logistic", (z, y) -> Math.log1p(Math.exp(z[0])) - y * z[0],
          "softmax", (z, y) -> logSumExp(z) - z[(int) y],
          "gaussian", (z, y) -> (z[1] + (y - z[0]) * (y - z[0]) / Math.exp(z[1])) / 2,
          "quantile(0.1,0.5,0.9)", LossTest::pinball);

  @Test
  void adjoint_everyLoss_equalsCentralDifferences() {
    assertThat(VALUES.keySet()).containsExactlyInAnyOrderElementsOf(Losses.names());
    for (String name : Losses.names()) {
      int outputs = name.equals("softmax") ? 4 : Losses.of(name).numberOutputs();
      for (double label : new double[] {0, 1}) {
        for (float start : new float[] {-3f, -0.4f, 0.3f, 2.5f}) {
          float[] z = new float[outputs];
          for (int i = 0; i < outputs; i++) {
            z[i] = start + 0.7f * i;
          }
          float[] adjoint = new float[outputs];
          Losses.of(name).adjoint(Kernels.fastest(), z, 0, outputs, label, adjoint, 0);
          for (int i = 0; i < outputs; i++) {
            // of gaussian the deviation is a constant factor of its adjoint
            double factor = name.equals("gaussian") ? Math.exp(z[1] / 2) : 1;
            double difference = factor * difference(VALUES.get(name), z, i, label);
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

  /** Any float within the range that outputs can have, extremes often. */
  @Property
  void quantiles_anyOutputs_doNotCross(
      @ForAll @Size(5) float[] z, @ForAll @FloatRange(min = -1e4f, max = 1e4f) float median) {
    Quantile quantile = new Quantile(List.of(0.05, 0.25, 0.5, 0.75, 0.95));
    z[2] = median;
    float[] q = new float[5];
    quantile.quantiles(z, 0, q, 0);
    for (int i = 1; i < q.length; i++) {
      assertThat(q[i]).as("quantile %d of outputs %s", i, z).isGreaterThanOrEqualTo(q[i - 1]);
    }
  }

  @Property
  void distance_modestOutput_isPositiveAndInvertible(
      @ForAll @FloatRange(min = -90, max = 90) float z) {
    float distance = Quantile.distance(z);
    assertThat(distance).isPositive();
    assertThat(Quantile.inverse(distance)).isCloseTo(z, within(1e-3f));
  }

  @Test
  void gaussian_beyondItsLimits_movesBackOnly() {
    float[] adjoint = new float[2];
    // no error at the least deviation: the loss would still fall, but v must not run away
    new Gaussian().adjoint(Kernels.fastest(), new float[] {1, -20}, 0, 2, 1, adjoint, 0);
    assertThat(adjoint[1]).isZero();
    new Gaussian().adjoint(Kernels.fastest(), new float[] {1, -20}, 0, 2, 2, adjoint, 0);
    assertThat(adjoint[1]).isNegative();
    new Gaussian().adjoint(Kernels.fastest(), new float[] {0, 9}, 0, 2, 1000, adjoint, 0);
    assertThat(adjoint[1]).isZero();
  }

  @Test
  void of_wrongQuantiles_saysWhatTheyMustBe() {
    assertThatThrownBy(() -> Losses.of("quantile(0.9,0.5)")).hasMessageContaining("must ascend");
    assertThatThrownBy(() -> Losses.of("quantile(0.5,1)")).hasMessageContaining("must ascend");
    assertThatThrownBy(() -> Losses.of("quantile(0.1,0.9)")).hasMessageContaining("0.5");
    assertThatThrownBy(() -> Losses.of("quantile(0.1,)")).hasMessageContaining("a number");
    assertThatThrownBy(() -> Losses.of("quantile")).hasMessageContaining("quantile(0.1,0.5,0.9)");
  }
}
