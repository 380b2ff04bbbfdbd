package eddy.baseline;

import java.util.Arrays;

/**
 * The newest values of a key, by their number from 0.
 *
 * <p>A ring that grows with the values until it holds as many as it was asked to keep.
 */
final class Series {
  private static final int FIRST_LENGTH = 8;

  private final int most;
  private double[] ring;
  private long count;

  /**
   * An empty series.
   *
   * @param most values kept
   */
  public Series(int most) {
    if (most < 1) {
      throw new IllegalArgumentException("a series must keep at least 1 value but keeps " + most);
    }
    this.most = most;
    ring = new double[Math.min(most, FIRST_LENGTH)];
  }

  /** Number of values so far; the newest is that less one. */
  public long count() {
    return count;
  }

  /** Appends a value. Modifies only this series. */
  public void add(double value) {
    if (count == ring.length && ring.length < most) {
      ring = Arrays.copyOf(ring, Math.min(most, 2 * ring.length)); // never wrapped before
    }
    ring[(int) (count % ring.length)] = value;
    count++;
  }

  /** Whether a value is kept. */
  public boolean has(long number) {
    return number >= 0 && number < count && number >= count - ring.length;
  }

  /** The value of a number that {@link #has} tells of. */
  public double at(long number) {
    return ring[(int) (number % ring.length)];
  }

  /**
   * Adds to every sum the distance between the newest value and the one so many before it. Modifies
   * only sums.
   *
   * @param sums [most]: the last is of the value before the newest, the first of that {@code most}
   *     before it; they are left alone where the series does not reach back so far
   */
  void addDistances(double[] sums) {
    int values = (int) Math.min(count - 1, Math.min(sums.length, ring.length - 1));
    if (values <= 0) {
      return;
    }
    double value = last();
    int from = (int) ((count - 1 - values) % ring.length);
    int before = Math.min(values, ring.length - from); // of the ring's end
    int at = sums.length - values;
    addDistances(value, from, before, sums, at);
    addDistances(value, 0, values - before, sums, at + before);
  }

  private void addDistances(double value, int from, int values, double[] sums, int at) {
    for (int i = 0; i < values; i++) {
      sums[at + i] += Math.abs(value - ring[from + i]);
    }
  }

  /** The newest value; NaN before the first. */
  public double last() {
    return count == 0 ? Double.NaN : at(count - 1);
  }
}
