package eddy.drift;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * ADWIN: a window of the newest values that drops its oldest part whenever that has another mean
 * than the rest (Bifet and Gavalda 2007). Finds rises and falls alike.
 *
 * <p>The window is an exponential histogram: row r holds up to {@value #BUCKETS} buckets of 2^r
 * values each, so that it remembers any number of values in a fixed memory. It looks for a cut at
 * every {@value #EVERY}th value.
 */
public final class Adwin implements DriftDetector {
  private static final int BUCKETS = 5;
  private static final int ROWS = 40;
  private static final int EVERY = 32;

  /** Values on either side of a cut at least. */
  private static final int SIDE = 5;

  private final double confidence;
  private final double[] sums = new double[ROWS * (BUCKETS + 1)];
  private final double[] variances = new double[ROWS * (BUCKETS + 1)];

  /** By row: its buckets, oldest first. */
  private final int[] used = new int[ROWS];

  private int rows;
  private long count;
  private long width;
  private double sum;

  /** Sum of the squared distances from the mean. */
  private double variance;

  /** With the usual confidence. */
  public Adwin() {
    this(0.002);
  }

  /**
   * A window without values.
   *
   * @param confidence bound on the probability of a cut, at a value, where nothing has changed
   */
  public Adwin(double confidence) {
    if (!(confidence > 0 && confidence < 1)) {
      throw new IllegalArgumentException("a confidence must lie in (0, 1) but was " + confidence);
    }
    this.confidence = confidence;
  }

  @Override
  public boolean add(double value) {
    insert(value);
    count++;
    boolean found = false;
    if (count % EVERY == 0) {
      while (width > 2 * SIDE && isCut()) {
        dropOldest();
        found = true;
      }
    }
    return found;
  }

  /** Mean of the window; NaN where it is empty. */
  public double mean() {
    return sum / width;
  }

  /** Values in the window. */
  public long width() {
    return width;
  }

  private void insert(double value) {
    if (width > 0) {
      double distance = value - sum / width;
      variance += distance * distance * width / (width + 1);
    }
    width++;
    sum += value;
    append(0, value, 0);
  }

  private void append(int row, double total, double spread) {
    int at = row * (BUCKETS + 1) + used[row];
    sums[at] = total;
    variances[at] = spread;
    used[row]++;
    rows = Math.max(rows, row + 1);
    if (used[row] > BUCKETS && row + 1 < ROWS) {
      int first = row * (BUCKETS + 1);
      double size = Math.scalb(1.0, row);
      double distance = (sums[first] - sums[first + 1]) / size;
      double joined = sums[first] + sums[first + 1];
      double both = variances[first] + variances[first + 1] + distance * distance * size / 2;
      remove(row, 2);
      append(row + 1, joined, both);
    }
  }

  /** Removes the oldest buckets of a row. */
  private void remove(int row, int buckets) {
    int first = row * (BUCKETS + 1);
    System.arraycopy(sums, first + buckets, sums, first, used[row] - buckets);
    System.arraycopy(variances, first + buckets, variances, first, used[row] - buckets);
    used[row] -= buckets;
  }

  private void dropOldest() {
    int row = rows - 1;
    int first = row * (BUCKETS + 1);
    double size = Math.scalb(1.0, row);
    width -= (long) size;
    sum -= sums[first];
    double distance = sums[first] / size - sum / width;
    variance -= variances[first] + distance * distance * size * width / (size + width);
    variance = Math.max(0, variance);
    remove(row, 1);
    while (rows > 0 && used[rows - 1] == 0) {
      rows--;
    }
  }

  /** Whether the window can be cut into an older and a newer part of different means. */
  private boolean isCut() {
    double older = 0;
    double olderSum = 0;
    double logarithm = StrictMath.log(2 * StrictMath.log(width) / confidence);
    for (int row = rows - 1; row >= 0; row--) {
      double size = Math.scalb(1.0, row);
      for (int i = 0; i < used[row]; i++) {
        older += size;
        olderSum += sums[row * (BUCKETS + 1) + i];
        double newer = width - older;
        if (newer < SIDE) {
          return false;
        }
        double distance = Math.abs(olderSum / older - (sum - olderSum) / newer);
        if (older >= SIDE && distance > bound(older, newer, logarithm)) {
          return true;
        }
      }
    }
    return false;
  }

  private double bound(double older, double newer, double logarithm) {
    double inverse = 1 / older + 1 / newer;
    return Math.sqrt(2 * inverse * variance / width * logarithm) + 2.0 / 3 * inverse * logarithm;
  }

  @Override
  public int mostBytes() {
    return Integer.BYTES * (1 + ROWS) + 4 * Long.BYTES + 2 * Double.BYTES * sums.length;
  }

  @Override
  public void encode(ByteBuffer out) {
    out.putLong(count).putLong(width).putDouble(sum).putDouble(variance).putInt(rows);
    for (int row = 0; row < rows; row++) {
      out.putInt(used[row]);
      for (int i = 0; i < used[row]; i++) {
        int at = row * (BUCKETS + 1) + i;
        out.putDouble(sums[at]).putDouble(variances[at]);
      }
    }
  }

  @Override
  public void decode(ByteBuffer in) {
    count = in.getLong();
    width = in.getLong();
    sum = in.getDouble();
    variance = in.getDouble();
    rows = within(ROWS, in.getInt());
    Arrays.fill(used, 0);
    for (int row = 0; row < rows; row++) {
      used[row] = within(BUCKETS + 1, in.getInt());
      for (int i = 0; i < used[row]; i++) {
        int at = row * (BUCKETS + 1) + i;
        sums[at] = in.getDouble();
        variances[at] = in.getDouble();
      }
    }
  }

  private static int within(int most, int count) {
    if (count < 0 || count > most) {
      throw new IllegalArgumentException("drift: expected 0 to " + most + " but was " + count);
    }
    return count;
  }
}
