package eddy.metric;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * How good normal distributions are: their likelihood, the intervals about the mean that should
 * hold 50, 80 and 95 of a hundred labels, and the pinball loss of the six ends of these and of the
 * median.
 */
public final class NormalScore {
  /** Shares of labels within the intervals. */
  private static final double[] SHARES = {0.5, 0.8, 0.95};

  /** Half widths of the intervals, in deviations: quantiles .75, .9 and .975 of a normal one. */
  private static final double[] HALVES = {
    0.6744897501960817, 1.2815515655446004, 1.959963984540054
  };

  private final LikelihoodScore likelihood;
  private final RunningMean pinball;
  private final List<IntervalScore> intervals = new ArrayList<>();

  /**
   * @param means what each quantity is averaged by
   */
  public NormalScore(Supplier<RunningMean> means) {
    likelihood = new LikelihoodScore(means);
    pinball = means.get();
    for (double share : SHARES) {
      intervals.add(new IntervalScore(share, means));
    }
  }

  /** Scores a distribution against its label. Modifies only this score. */
  public void add(double label, double mean, double deviation) {
    likelihood.add(label, mean, deviation);
    for (int i = 0; i < SHARES.length; i++) {
      double half = HALVES[i] * deviation;
      intervals.get(i).add(label, mean - half, mean + half);
    }
    pinball.add(pinball(label, mean, deviation));
  }

  /** The pinball loss of one label: the mean over the levels. */
  public static double pinball(double label, double mean, double deviation) {
    double lost = QuantileScore.pinball(0.5, label - mean);
    for (int i = 0; i < SHARES.length; i++) {
      double half = HALVES[i] * deviation;
      double level = (1 + SHARES[i]) / 2;
      lost += QuantileScore.pinball(level, label - (mean + half));
      lost += QuantileScore.pinball(1 - level, label - (mean - half));
    }
    return lost / (2 * SHARES.length + 1);
  }

  /** The same of a point, a distribution without deviation. */
  public static double pinballOfPoint(double label, double point) {
    return pinball(label, point, 0);
  }

  /** Number of labels scored so far. */
  public long count() {
    return likelihood.count();
  }

  /** Mean negative log-likelihood in nats; NaN before the first label. */
  public double negativeLogLikelihood() {
    return likelihood.negativeLogLikelihood();
  }

  /** Mean pinball loss over levels .025, .1, .25, .5, .75, .9 and .975. */
  public double pinball() {
    return pinball.mean();
  }

  /** The narrowest first. */
  public List<IntervalScore> intervals() {
    return List.copyOf(intervals);
  }
}
