package eddy.metric;

/**
 * A mean over a stream of values: of all of them, of the newest, or with weights that fade with
 * age.
 *
 * <p>Adding costs constant time and allocates nothing. Every score of this package is a function of
 * such means, so each can be had in all three ways.
 */
public interface RunningMean {
  /** Adds one value. Modifies only this mean. */
  void add(double value);

  /** The mean; NaN before the first value. */
  double mean();

  /** Number of values added so far, forgotten ones included. */
  long count();

  /** Mean of all values. */
  static RunningMean cumulative() {
    return new CumulativeMean();
  }

  /** Mean of the newest {@code size} values. */
  static RunningMean windowed(int size) {
    return new WindowedMean(size);
  }

  /** Mean in which a value weighs {@code factor} times less with every value after it. */
  static RunningMean fading(double factor) {
    return new FadingMean(factor);
  }
}
