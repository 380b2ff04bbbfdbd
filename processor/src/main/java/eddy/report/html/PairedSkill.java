package eddy.report.html;

import eddy.compare.BlockBootstrap;
import java.util.Arrays;

/**
 * Losses of two models on the same rows, summed over ranges of consecutive rows: how much less the
 * one loses, and how sure that is by a {@link BlockBootstrap}, in bounded memory. When the ranges
 * are full, neighbours are joined.
 */
final class PairedSkill {
  private static final int RANGES = 512;

  private final double[] loss = new double[RANGES];
  private final double[] otherLoss = new double[RANGES];
  private long rows;
  private long rowsPerRange = 1;

  /**
   * The share of the other's loss that is avoided, with its 95% interval.
   *
   * @param value 1 for no loss, 0 for the other's, negative for more; NaN where undefined
   * @param low end of the interval; NaN where there are too few rows to tell
   * @param high end of the interval; NaN where there are too few rows to tell
   */
  record Skill(long rows, double value, double low, double high) {}

  /** Adds a row; one on which either said nothing (NaN) does not count. */
  void add(double one, double other) {
    if (Double.isNaN(one) || Double.isNaN(other)) {
      return;
    }
    if (rows == RANGES * rowsPerRange) {
      join();
    }
    int range = (int) (rows / rowsPerRange);
    loss[range] += one;
    otherLoss[range] += other;
    rows++;
  }

  private void join() {
    for (int i = 0; i < RANGES / 2; i++) {
      loss[i] = loss[2 * i] + loss[2 * i + 1];
      otherLoss[i] = otherLoss[2 * i] + otherLoss[2 * i + 1];
    }
    Arrays.fill(loss, RANGES / 2, RANGES, 0);
    Arrays.fill(otherLoss, RANGES / 2, RANGES, 0);
    rowsPerRange *= 2;
  }

  /**
   * The skill over all rows; the same for the same rows and seed.
   *
   * @param seed of the bootstrap
   */
  Skill skill(long seed) {
    if (!(Arrays.stream(otherLoss).sum() > 0)) {
      return new Skill(rows, Double.NaN, Double.NaN, Double.NaN);
    }
    int ranges = (int) ((rows + rowsPerRange - 1) / rowsPerRange);
    BlockBootstrap share =
        BlockBootstrap.of(Arrays.copyOf(loss, ranges), Arrays.copyOf(otherLoss, ranges), seed);
    return new Skill(rows, 1 - share.mean(), 1 - share.high(), 1 - share.low());
  }
}
