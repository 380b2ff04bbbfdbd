package eddy.metric;

/**
 * Mean of the newest values, kept in a ring [size].
 *
 * <p>The mean is summed afresh when asked for: a running sum would keep the rounding of values long
 * gone, and one infinite value would spoil it for good.
 */
final class WindowedMean implements RunningMean {
  private final double[] ring;
  private int next; // where the next value goes
  private long count;

  WindowedMean(int size) {
    if (size < 1) {
      throw new IllegalArgumentException("a window must hold at least 1 value but holds " + size);
    }
    ring = new double[size];
  }

  @Override
  public void add(double value) {
    ring[next] = value;
    next = next + 1 == ring.length ? 0 : next + 1;
    count++;
  }

  @Override
  public double mean() {
    int held = (int) Math.min(count, ring.length);
    double sum = 0;
    for (int i = 0; i < held; i++) {
      sum += ring[i];
    }
    return sum / held;
  }

  @Override
  public long count() {
    return count;
  }
}
