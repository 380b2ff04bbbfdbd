package eddy.compare;

/**
 * How long blocks must be for a bootstrap of a mean, told from the autocorrelation of the series:
 * the estimate that minimises the mean squared error of the variance for circular blocks (Politis
 * and White 2004, corrected by Patton, Politis and White 2009).
 */
final class BlockLength {
  private static final int FEWEST_LAGS = 5;

  private BlockLength() {}

  /**
   * Length of a block of a centred series, at least 1 and at most a third of the series and three
   * times its root.
   */
  static int of(double[] centred) {
    int n = centred.length;
    double variance = covariance(centred, 0);
    if (!(variance > 0) || n < 2 * FEWEST_LAGS) {
      return 1;
    }
    int most = (int) Math.max(1, Math.min(Math.ceil(3 * Math.sqrt(n)), n / 3));
    double[] covariances = new double[Math.min(n - 1, 2 * lags(n)) + 1];
    for (int lag = 0; lag < covariances.length; lag++) {
      covariances[lag] = covariance(centred, lag);
    }
    int bandwidth = Math.min(covariances.length - 1, 2 * lastCorrelated(covariances, n));
    double weighted = 0;
    double density = variance; // of the spectrum at 0
    for (int lag = 1; lag <= bandwidth; lag++) {
      double share = flatTop((double) lag / bandwidth) * covariances[lag];
      weighted += 2 * lag * share;
      density += 2 * share;
    }
    double length =
        StrictMath.cbrt(2 * weighted * weighted / (4.0 / 3 * density * density))
            * StrictMath.cbrt(n);
    return (int) Math.min(most, Math.max(1, Math.ceil(length)));
  }

  /** Lags that are looked at. */
  private static int lags(int n) {
    return (int) Math.ceil(Math.sqrt(n)) + run(n);
  }

  /** Lags in a row that must be uncorrelated. */
  private static int run(int n) {
    return Math.max(FEWEST_LAGS, (int) Math.ceil(Math.sqrt(StrictMath.log10(n))));
  }

  /** The lag after which a run of lags does not differ from none; at least 1. */
  private static int lastCorrelated(double[] covariances, int n) {
    double bound = 2 * Math.sqrt(StrictMath.log10(n) / n) * covariances[0];
    int run = run(n);
    int most = Math.min(covariances.length - 1, lags(n));
    int small = 0;
    for (int lag = 1; lag <= most; lag++) {
      small = Math.abs(covariances[lag]) < bound ? small + 1 : 0;
      if (small == run) {
        return Math.max(1, lag - run);
      }
    }
    return Math.max(1, most - small);
  }

  /** Weight of a lag: 1 up to a half, then falling to 0 at 1. */
  private static double flatTop(double share) {
    return share <= 0.5 ? 1 : 2 * (1 - share);
  }

  private static double covariance(double[] centred, int lag) {
    double sum = 0;
    for (int i = lag; i < centred.length; i++) {
      sum += centred[i] * centred[i - lag];
    }
    return sum / centred.length;
  }
}
