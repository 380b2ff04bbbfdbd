package eddy.soak;

/**
 * A straight line through measurements by least squares.
 *
 * @param mean of the measurements
 * @param perHour how much the line rises in an hour, as a share of the mean
 * @param error standard error of that
 */
record Trend(double mean, double perHour, double error) {
  /**
   * Fits a line.
   *
   * @param seconds when each was measured
   * @param values the measurements, three at least
   */
  static Trend of(double[] seconds, double[] values) {
    int n = values.length;
    if (n < 3 || seconds.length != n) {
      throw new IllegalArgumentException(
          "a trend needs three measurements with their times, but there are " + n);
    }
    double meanTime = mean(seconds);
    double mean = mean(values);
    double times = 0;
    double products = 0;
    for (int i = 0; i < n; i++) {
      times += (seconds[i] - meanTime) * (seconds[i] - meanTime);
      products += (seconds[i] - meanTime) * (values[i] - mean);
    }
    double slope = products / times;
    double residuals = 0;
    for (int i = 0; i < n; i++) {
      double off = values[i] - mean - slope * (seconds[i] - meanTime);
      residuals += off * off;
    }
    double error = Math.sqrt(residuals / (n - 2) / times);
    double hour = mean == 0 ? 0 : 3600 / mean;
    return new Trend(mean, slope * hour, error * hour);
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  /** Whether it rises by more than this share an hour, beyond what noise alone may do. */
  boolean risesAbove(double bound) {
    return perHour > bound && perHour - 2 * error > 0;
  }
}
