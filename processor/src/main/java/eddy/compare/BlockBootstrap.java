package eddy.compare;

import eddy.math.RandomStream;
import java.util.Arrays;

/**
 * How sure the mean of a series is whose values depend on their neighbours: an interval by
 * resampling blocks that move over it and wrap around (Kunsch 1989; Politis and Romano 1992).
 *
 * <p>The series is given as sums over ranges with the count of each, and the mean is the ratio of
 * all sums to all counts. Percentiles of the resampled means are widened by Student's quantile for
 * as many blocks as there are, over the normal one: few blocks know little of their own spread.
 *
 * @param mean of the series
 * @param low end of the interval; NaN where the series is too short for one
 * @param high end of the interval; NaN where the series is too short for one
 * @param length of a block in ranges
 * @param blocks that the series has
 */
public record BlockBootstrap(double mean, double low, double high, int length, int blocks) {
  /** Share of such intervals that hold the true mean. */
  public static final double LEVEL = 0.95;

  private static final double NORMAL_QUANTILE = 1.959963984540054;

  /** Share of all that may be left by rounding where a difference of sums is of nothing. */
  private static final double NOTHING = 1e-12;

  private static final int RESAMPLES = 2000;
  private static final int FEWEST_BLOCKS = 5;
  private static final int FEWEST_RANGES = 20;

  /**
   * The mean of a series and its interval.
   *
   * @param sums of the ranges, in their order
   * @param counts of the ranges, or whatever else the sums are a share of; none is negative, and at
   *     least one is not 0
   * @param seed of the resampling: the same gives the same interval
   */
  public static BlockBootstrap of(double[] sums, double[] counts, long seed) {
    int ranges = sums.length;
    double[] sumsBefore = new double[ranges + 1];
    double[] countsBefore = new double[ranges + 1];
    for (int i = 0; i < ranges; i++) {
      sumsBefore[i + 1] = sumsBefore[i] + sums[i];
      countsBefore[i + 1] = countsBefore[i] + counts[i];
    }
    double mean = sumsBefore[ranges] / countsBefore[ranges];
    double[] centred = new double[ranges];
    boolean constant = true;
    for (int i = 0; i < ranges; i++) {
      centred[i] = sums[i] - mean * counts[i];
      constant &= Math.abs(centred[i]) <= Math.ulp(mean * counts[i]);
    }
    int length = BlockLength.of(centred);
    int blocks = ranges / length;
    if (ranges < FEWEST_RANGES || blocks < FEWEST_BLOCKS) {
      return new BlockBootstrap(mean, Double.NaN, Double.NaN, length, blocks);
    }
    if (constant) {
      return new BlockBootstrap(mean, mean, mean, length, blocks);
    }
    double[] means = new double[RESAMPLES];
    RandomStream random = new RandomStream(seed);
    for (int i = 0; i < RESAMPLES; i++) {
      means[i] = resampled(sumsBefore, countsBefore, length, random);
    }
    Arrays.sort(means);
    double wider = studentQuantile(blocks - 1) / NORMAL_QUANTILE;
    double tail = (1 - LEVEL) / 2;
    return new BlockBootstrap(
        mean,
        mean + wider * (quantile(means, tail) - mean),
        mean + wider * (quantile(means, 1 - tail) - mean),
        length,
        blocks);
  }

  private static double resampled(
      double[] sumsBefore, double[] countsBefore, int length, RandomStream random) {
    int ranges = sumsBefore.length - 1;
    double sum = 0;
    double count = 0;
    for (int taken = 0; taken < ranges; taken += length) {
      int from = (int) (random.nextDouble() * ranges);
      int to = from + Math.min(length, ranges - taken);
      sum += sumsBefore[Math.min(to, ranges)] - sumsBefore[from];
      count += countsBefore[Math.min(to, ranges)] - countsBefore[from];
      if (to > ranges) {
        sum += sumsBefore[to - ranges];
        count += countsBefore[to - ranges];
      }
    }
    // blocks of ranges without rows alone say nothing: as if the whole had been drawn
    return count <= NOTHING * countsBefore[ranges]
        ? sumsBefore[ranges] / countsBefore[ranges]
        : sum / count;
  }

  private static double quantile(double[] sorted, double share) {
    double at = share * (sorted.length - 1);
    int below = (int) at;
    double part = at - below;
    return below + 1 == sorted.length
        ? sorted[below]
        : sorted[below] * (1 - part) + sorted[below + 1] * part;
  }

  /** The 0.975 quantile of Student's t, by the expansion of Fisher and Cornish (1960). */
  static double studentQuantile(int freedom) {
    double z = NORMAL_QUANTILE;
    double z3 = z * z * z;
    double z5 = z3 * z * z;
    double z7 = z5 * z * z;
    double v = freedom;
    return z
        + (z3 + z) / (4 * v)
        + (5 * z5 + 16 * z3 + 3 * z) / (96 * v * v)
        + (3 * z7 + 19 * z5 + 17 * z3 - 15 * z) / (384 * v * v * v);
  }
}
