package eddy.readout;

import eddy.math.Elementary;
import eddy.math.Kernels;

/**
 * A normal distribution by its negative log-likelihood: outputs are the mean and the logarithm v of
 * the variance; loss = (v + (label - mean)^2 / exp(v)) / 2 (Nix and Weigend 1994).
 *
 * <p>The adjoint is that of the loss times the standard deviation, which counts as a constant:
 * otherwise labels that are hard to tell would hardly move the mean (Seitzer, Tavakoli, Antic and
 * Martius 2022, beta = 0.5).
 *
 * <p>v is limited to standard deviations from 1/100 to 10. Beyond a limit it only moves back.
 */
public record Gaussian() implements Loss {
  /** 2 ln(1/100). */
  public static final float LEAST = -9.2103404f;

  /** 2 ln 10. */
  public static final float MOST = 4.6051702f;

  @Override
  public String name() {
    return "gaussian";
  }

  @Override
  public int numberOutputs() {
    return 2;
  }

  /** The logarithm of a variance within its limits; NaN becomes 0. */
  public static float limited(double v) {
    return v > MOST ? MOST : v < LEAST ? LEAST : Double.isNaN(v) ? 0f : (float) v;
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
    float v = outputs[at + 1];
    float deviation = Elementary.exp(limited(v) / 2);
    float error = (outputs[at] - (float) label) / deviation;
    float slope = deviation * (1 - error * error) / 2;
    // exp(-v) (mean - label) times the deviation
    adjoint[adjointAt] = error;
    boolean outwards = v <= LEAST && slope > 0 || v >= MOST && slope < 0;
    adjoint[adjointAt + 1] = outwards ? 0f : slope;
  }
}
