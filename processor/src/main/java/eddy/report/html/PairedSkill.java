package eddy.report.html;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Losses of two models on the same rows, summed by blocks of consecutive rows: how much less the
 * one loses, and how sure that is, in bounded memory.
 *
 * <p>The interval is that of a circular block bootstrap (Politis and Romano 1992), which draws
 * whole stretches of blocks, because losses that follow one another are alike. When the blocks are
 * full, neighbours are joined.
 */
final class PairedSkill {
  private static final int BLOCKS = 512;
  private static final int FEWEST_BLOCKS = 10;

  /** A stretch is at least this share of all rows. */
  private static final int STRETCHES = 40;

  private static final int REPLICATES = 2000;
  private static final double TAIL = 0.025;

  private final double[] loss = new double[BLOCKS];
  private final double[] otherLoss = new double[BLOCKS];
  private long rows;
  private long rowsPerBlock = 1;

  /**
   * The share of the other's loss that is avoided, with its 95% interval.
   *
   * @param value 1 for no loss, 0 for the other's, negative for more; NaN where undefined
   * @param low 2.5% of the replicates are below; NaN where there are too few rows to tell
   * @param high 2.5% of the replicates are above
   * @param better share of the replicates in which less was lost
   */
  record Skill(long rows, double value, double low, double high, double better) {}

  /** Adds a row; one on which either said nothing (NaN) does not count. */
  void add(double one, double other) {
    if (Double.isNaN(one) || Double.isNaN(other)) {
      return;
    }
    if (rows == BLOCKS * rowsPerBlock) {
      join();
    }
    int block = (int) (rows / rowsPerBlock);
    loss[block] += one;
    otherLoss[block] += other;
    rows++;
  }

  private void join() {
    for (int i = 0; i < BLOCKS / 2; i++) {
      loss[i] = loss[2 * i] + loss[2 * i + 1];
      otherLoss[i] = otherLoss[2 * i] + otherLoss[2 * i + 1];
    }
    Arrays.fill(loss, BLOCKS / 2, BLOCKS, 0);
    Arrays.fill(otherLoss, BLOCKS / 2, BLOCKS, 0);
    rowsPerBlock *= 2;
  }

  /** Sum of the other's losses. */
  double otherTotal() {
    return Arrays.stream(otherLoss).sum();
  }

  /**
   * The skill over all rows; the same for the same rows and seed.
   *
   * @param seed of the bootstrap
   */
  Skill skill(long seed) {
    double other = otherTotal();
    double value = other > 0 ? 1 - Arrays.stream(loss).sum() / other : Double.NaN;
    int blocks = (int) ((rows + rowsPerBlock - 1) / rowsPerBlock);
    if (blocks < FEWEST_BLOCKS || Double.isNaN(value)) {
      return new Skill(rows, value, Double.NaN, Double.NaN, Double.NaN);
    }
    SplittableRandom random = new SplittableRandom(seed);
    int stretch = Math.max((int) Math.cbrt(blocks), blocks / STRETCHES);
    double[] replicates = new double[REPLICATES];
    int better = 0;
    for (int i = 0; i < REPLICATES; i++) {
      replicates[i] = replicate(blocks, stretch, random);
      better += replicates[i] > 0 ? 1 : 0;
    }
    Arrays.sort(replicates);
    return new Skill(
        rows,
        value,
        replicates[(int) (TAIL * REPLICATES)],
        replicates[(int) ((1 - TAIL) * REPLICATES) - 1],
        (double) better / REPLICATES);
  }

  private double replicate(int blocks, int stretch, SplittableRandom random) {
    double sum = 0;
    double otherSum = 0;
    for (int drawn = 0; drawn < blocks; drawn += stretch) {
      int start = random.nextInt(blocks);
      int length = Math.min(stretch, blocks - drawn);
      for (int k = 0; k < length; k++) {
        int block = (start + k) % blocks;
        sum += loss[block];
        otherSum += otherLoss[block];
      }
    }
    // a stretch of the stream on which the other lost nothing tells nothing
    return otherSum > 0 ? 1 - sum / otherSum : 0;
  }
}
