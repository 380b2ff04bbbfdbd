package eddy.feature;

/**
 * What the features of all keys that share weights have in common: running moments and
 * dictionaries.
 *
 * <p>Mean and variance follow Welford's update over the first {@link #WINDOW} values, so that they
 * are those of a sample, and forget exponentially with that window from then on: with n =
 * min(count, WINDOW) and e = x - mean, mean += e / n and variance = (1 - 1 / n) (variance + e e /
 * n).
 */
public final class FeatureStatistics {
  /** Values after which the oldest begin to be forgotten. */
  public static final int WINDOW = 10_000;

  /** Doubles for each signal: count, up to WINDOW; mean; variance. */
  static final int SIZE = 3;

  /** A deviation below this part of the mean is rounding, not information. */
  private static final double ROUNDING = 1e-12;

  /** Count, mean and variance of every standardised signal. */
  public final double[] values;

  /** One for each category; a codec replaces its entries. */
  public final Dictionary[] dictionaries;

  FeatureStatistics(int signals, int[] dictionarySlots) {
    values = new double[signals * SIZE];
    dictionaries = new Dictionary[dictionarySlots.length];
    for (int i = 0; i < dictionaries.length; i++) {
      dictionaries[i] = new Dictionary(dictionarySlots[i]);
    }
  }

  /** Takes in one finite value. */
  void update(int at, double x) {
    double count = Math.min(values[at] + 1, WINDOW);
    double error = x - values[at + 1];
    double part = 1 / count;
    values[at] = count;
    values[at + 1] += error * part;
    values[at + 2] = (1 - part) * (values[at + 2] + error * error * part);
  }

  double mean(int at) {
    return values[at + 1];
  }

  /** 1 / standard deviation; 0 where the values have not differed. */
  double inverseDeviation(int at) {
    double deviation = Math.sqrt(values[at + 2]);
    return deviation > ROUNDING * Math.abs(values[at + 1]) ? 1 / deviation : 0;
  }
}
