package eddy.compare;

import java.util.Arrays;

/**
 * Losses of one run, summed over ranges of rows of equal width: in bounded memory, and so that two
 * runs over the same rows can be subtracted range by range.
 *
 * <p>A range is one row wide until {@value #RANGES} do not suffice; then neighbours are merged in
 * pairs. So up to that many rows every loss is kept, and of more between {@value #RANGES} / 2 and
 * {@value #RANGES} sums. Each range also carries a checksum of the rows in it, which does not
 * depend on their order.
 */
public final class LossSums {
  /** Most ranges. */
  static final int RANGES = 8192;

  private final long[] counts = new long[RANGES];
  private final double[] sums = new double[RANGES];
  private final long[] rows = new long[RANGES];
  private final long[] times = new long[RANGES];
  private int shift; // a range is 2^shift rows wide
  private int used;

  /**
   * Adds a loss.
   *
   * @param row from 0
   * @param time of the row, in milliseconds since 1970 UTC
   * @param loss finite
   */
  public void add(long row, long time, double loss) {
    while (row >> shift >= RANGES) {
      widen();
    }
    int range = (int) (row >> shift);
    if (range >= used) {
      used = range + 1;
    }
    times[range] = counts[range] == 0 ? time : Math.max(times[range], time);
    counts[range]++;
    sums[range] += loss;
    rows[range] += KeyHash.mix(row);
  }

  private void widen() {
    for (int range = 0; range < RANGES / 2; range++) {
      int left = 2 * range;
      int right = left + 1;
      times[range] =
          counts[left] == 0
              ? times[right]
              : counts[right] == 0 ? times[left] : Math.max(times[left], times[right]);
      counts[range] = counts[left] + counts[right];
      sums[range] = sums[left] + sums[right];
      rows[range] = rows[left] + rows[right];
    }
    Arrays.fill(counts, RANGES / 2, RANGES, 0);
    Arrays.fill(sums, RANGES / 2, RANGES, 0);
    Arrays.fill(rows, RANGES / 2, RANGES, 0);
    Arrays.fill(times, RANGES / 2, RANGES, 0);
    used = used + 1 >> 1;
    shift++;
  }

  /** Merges neighbours until ranges are as wide as the other's. Modifies only these sums. */
  void widenTo(LossSums other) {
    while (shift < other.shift) {
      widen();
    }
  }

  /** Number of ranges up to the last one that has a row. */
  int ranges() {
    return used;
  }

  /** Rows that a range spans. */
  long width() {
    return 1L << shift;
  }

  long count(int range) {
    return counts[range];
  }

  double sum(int range) {
    return sums[range];
  }

  /** Latest time in a range; 0 where it is empty. */
  long time(int range) {
    return times[range];
  }

  /** Whether a range has exactly the rows of the other's, which is as wide. */
  boolean sameRows(LossSums other, int range) {
    return counts[range] == other.counts[range] && rows[range] == other.rows[range];
  }
}
