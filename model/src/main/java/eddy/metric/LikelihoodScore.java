package eddy.metric;

import java.util.function.Supplier;

/**
 * Mean negative log-likelihood of labels under normal distributions, in nats, of densities in the
 * label's units: log(deviation) + log(2 pi) / 2 + (label - mean)^2 / (2 deviation^2).
 */
public final class LikelihoodScore {
  private static final double HALF_LOG_TWO_PI = 0.9189385332046727;

  private final RunningMean loss;

  /**
   * @param means what is averaged by
   */
  public LikelihoodScore(Supplier<RunningMean> means) {
    loss = means.get();
  }

  /** Scores a distribution against its label. Modifies only this score. */
  public void add(double label, double mean, double deviation) {
    double error = (label - mean) / deviation;
    loss.add(StrictMath.log(deviation) + HALF_LOG_TWO_PI + error * error / 2);
  }

  /** Number of labels scored so far. */
  public long count() {
    return loss.count();
  }

  /** The mean; NaN before the first label. */
  public double negativeLogLikelihood() {
    return loss.mean();
  }
}
