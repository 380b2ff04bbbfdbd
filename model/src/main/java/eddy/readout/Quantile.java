package eddy.readout;

import eddy.math.Kernels;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Several quantiles at once, by the pinball loss: the sum over levels of level * e for e = label -
 * q >= 0, (level - 1) * e below (Koenker and Bassett 1978).
 *
 * <p>Quantiles cannot cross: the output of level 0.5 is the median, each other one is the distance
 * to its neighbour nearer the median, s(z) = (z + sqrt(z^2 + 4)) / 2 > 0.
 *
 * @param levels ascending, between 0 and 1, 0.5 among them
 */
public record Quantile(List<Double> levels) implements Loss {
  private static final MathContext DIGITS = new MathContext(12);

  public Quantile {
    levels = List.copyOf(levels);
    double last = 0;
    for (double level : levels) {
      if (!(level > last && level < 1)) {
        throw new IllegalArgumentException(
            "quantiles must ascend between 0 and 1 but were " + levels);
      }
      last = level;
    }
    if (!levels.contains(0.5)) {
      throw new IllegalArgumentException(
          "the quantile 0.5, which is published, must be among them but they were " + levels);
    }
  }

  @Override
  public String name() {
    return levels.stream().map(Quantile::text).collect(Collectors.joining(",", "quantile(", ")"));
  }

  /** A level as it is written, the same on every JDK. */
  public static String text(double level) {
    return new BigDecimal(level).round(DIGITS).stripTrailingZeros().toPlainString();
  }

  @Override
  public int numberOutputs() {
    return levels.size();
  }

  /** Which of the levels is the median. */
  public int median() {
    int median = 0;
    while (levels.get(median) < 0.5) {
      median++;
    }
    return median;
  }

  /**
   * Quantiles from outputs, ascending. Modifies only the quantiles [levels] from qAt, which may be
   * the outputs themselves.
   */
  public void quantiles(float[] z, int at, float[] q, int qAt) {
    int median = median();
    q[qAt + median] = z[at + median];
    for (int i = median + 1; i < levels.size(); i++) {
      q[qAt + i] = q[qAt + i - 1] + distance(z[at + i]);
    }
    for (int i = median - 1; i >= 0; i--) {
      q[qAt + i] = q[qAt + i + 1] - distance(z[at + i]);
    }
  }

  /** s(z), without cancellation. */
  public static float distance(float z) {
    float root = root(z);
    return z >= 0 ? (z + root) / 2 : 2 / (root - z);
  }

  /** The z of which s(z) is this distance. */
  public static float inverse(float distance) {
    return distance - 1 / distance;
  }

  private static float root(float z) {
    return (float) Math.sqrt(Math.fma(z, z, 4f));
  }

  @Override
  public void adjoint(
      Kernels kernels,
      float[] outputs,
      int at,
      int count,
      double label,
      float[] adjoint,
      int adjointAt) {
    quantiles(outputs, at, adjoint, adjointAt);
    for (int i = 0; i < count; i++) {
      float level = levels.get(i).floatValue();
      float error = (float) label - adjoint[adjointAt + i];
      adjoint[adjointAt + i] = error > 0 ? -level : error < 0 ? 1 - level : 0f;
    }
    int median = median();
    // a distance moves its own quantile and all beyond it; s' = s / sqrt(z^2 + 4)
    float above = 0f;
    for (int i = count - 1; i > median; i--) {
      above += adjoint[adjointAt + i];
      adjoint[adjointAt + i] = above * distance(outputs[at + i]) / root(outputs[at + i]);
    }
    float below = 0f;
    for (int i = 0; i < median; i++) {
      below += adjoint[adjointAt + i];
      adjoint[adjointAt + i] = -below * distance(outputs[at + i]) / root(outputs[at + i]);
    }
    adjoint[adjointAt + median] += above + below;
  }
}
