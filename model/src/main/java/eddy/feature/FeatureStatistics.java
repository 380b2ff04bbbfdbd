package eddy.feature;

import eddy.math.Alignment;

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

  private static final double PART = 1.0 / WINDOW;

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
    double error = x - values[at + 1];
    if (values[at] >= WINDOW) {
      // most of the time; without a division, for which those of all fields would queue
      values[at + 1] += error * PART;
      values[at + 2] = (1 - PART) * (values[at + 2] + error * error * PART);
      return;
    }
    double count = values[at] + 1;
    double part = 1 / count;
    values[at] = count;
    values[at + 1] += error * part;
    values[at + 2] = (1 - part) * (values[at + 2] + error * error * part);
  }

  /**
   * Takes in the statistics of a foreign learner of the same features: moments as those of both
   * samples together, each by its share and its count, dictionaries by their texts. Modifies only
   * these.
   *
   * @return by dictionary: which foreign slots stand for those of this one
   */
  public Alignment[] merge(FeatureStatistics foreign, float share) {
    for (int at = 0; at < values.length; at += SIZE) {
      merge(foreign.values, at, share);
    }
    Alignment[] slots = new Alignment[dictionaries.length];
    for (int i = 0; i < slots.length; i++) {
      slots[i] = dictionaries[i].adopt(foreign.dictionaries[i], share);
    }
    return slots;
  }

  private void merge(double[] foreign, int at, double share) {
    double part = Alignment.part(values[at], foreign[at], share);
    double apart = foreign[at + 1] - values[at + 1];
    values[at] = Math.max(values[at], foreign[at]);
    values[at + 1] = Alignment.mix(values[at + 1], foreign[at + 1], part);
    values[at + 2] =
        Alignment.mix(values[at + 2], foreign[at + 2], part) + part * (1 - part) * apart * apart;
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
