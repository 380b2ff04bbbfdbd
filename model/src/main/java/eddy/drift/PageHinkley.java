package eddy.drift;

import java.nio.ByteBuffer;

/**
 * The test of Page and Hinkley for a rise of the mean (Page 1954): the sum of what values exceed
 * their running mean by, less a tolerance, above its own minimum. Remembers four numbers.
 */
public final class PageHinkley implements DriftDetector {
  /** Values before which nothing is said. */
  private static final int FIRST = 30;

  private final double tolerance;
  private final double threshold;
  private long count;
  private double mean;
  private double excess;

  /** With the usual tolerance and threshold for values in [0, 1]. */
  public PageHinkley() {
    this(0.005, 50);
  }

  /**
   * A test that has seen nothing.
   *
   * @param tolerance rise of the mean that is let pass
   * @param threshold of the sum; a rise by d is found after about threshold / d values
   */
  public PageHinkley(double tolerance, double threshold) {
    if (!(tolerance >= 0) || !(threshold > 0)) {
      throw new IllegalArgumentException(
          "a tolerance must be >= 0 and a threshold > 0, but they were "
              + tolerance
              + " and "
              + threshold);
    }
    this.tolerance = tolerance;
    this.threshold = threshold;
  }

  @Override
  public boolean add(double value) {
    count++;
    mean += (value - mean) / count;
    excess = Math.max(0, excess + value - mean - tolerance);
    if (count < FIRST || excess <= threshold) {
      return false;
    }
    count = 0;
    mean = 0;
    excess = 0;
    return true;
  }

  @Override
  public int mostBytes() {
    return 3 * Double.BYTES;
  }

  @Override
  public void encode(ByteBuffer out) {
    out.putLong(count).putDouble(mean).putDouble(excess);
  }

  @Override
  public void decode(ByteBuffer in) {
    count = in.getLong();
    mean = in.getDouble();
    excess = in.getDouble();
  }
}
