package eddy.compare;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * How much one run loses on one target more than the base, on the rows that both scored.
 *
 * @param target name
 * @param loss what is compared
 * @param rows that both scored
 * @param leftOut rows that only one of the two scored, or that stand beside one in a range of which
 *     no more than the sums are known, or whose loss was not finite
 * @param baseMean mean loss of the base
 * @param mean loss of the other
 * @param low end of the interval of the difference of the means; NaN where there is none
 * @param high end of the interval; NaN where there is none
 * @param blockRows rows that a block of the bootstrap spans
 * @param blocks that the rows make
 * @param keys by their mean losses
 * @param sampled whether there were more keys than {@code keys} counts
 * @param course how the difference has added up
 */
public record Comparison(
    String target,
    Loss loss,
    long rows,
    long leftOut,
    double baseMean,
    double mean,
    double low,
    double high,
    long blockRows,
    int blocks,
    Tally keys,
    boolean sampled,
    List<Point> course) {
  /** Share of such intervals that hold the true difference. */
  public static final double LEVEL = BlockBootstrap.LEVEL;

  private static final int DIGITS = 4;

  /** Points of a course at most. */
  static final int POINTS = 256;

  public Comparison {
    Objects.requireNonNull(target, "target");
    Objects.requireNonNull(loss, "loss");
    Objects.requireNonNull(keys, "keys");
    course = List.copyOf(course);
  }

  /**
   * The difference up to a row.
   *
   * @param row the last one that may be part of it
   * @param time latest of the rows, in milliseconds since 1970 UTC
   * @param difference sum over the rows; below 0 where the other has lost less than the base
   */
  public record Point(long row, long time, double difference) {}

  /**
   * Compares two runs.
   *
   * @param unpaired rows that only one of them scored, and that are in neither ledger
   * @param seed of the resampling: the same gives the same interval
   */
  public static Comparison of(
      String target, Loss loss, LossLedger base, LossLedger other, long unpaired, long seed) {
    PairedSums pairs = PairedSums.of(base.sums(), other.sums());
    long leftOut = unpaired + pairs.leftOut() + Math.max(base.infinite(), other.infinite());
    Tally keys = keys(base.keys(), other.keys());
    boolean sampled = base.keys().sampled() || other.keys().sampled();
    if (pairs.rows() == 0) {
      return new Comparison(
          target,
          loss,
          0,
          leftOut,
          Double.NaN,
          Double.NaN,
          Double.NaN,
          Double.NaN,
          0,
          0,
          keys,
          sampled,
          List.of());
    }
    BlockBootstrap interval = BlockBootstrap.of(pairs.differences(), pairs.weights(), seed);
    return new Comparison(
        target,
        loss,
        pairs.rows(),
        leftOut,
        pairs.base() / pairs.rows(),
        pairs.other() / pairs.rows(),
        interval.low(),
        interval.high(),
        interval.length() * pairs.width(),
        interval.blocks(),
        keys,
        sampled,
        pairs.course(POINTS));
  }

  private static Tally keys(LossesByKey base, LossesByKey other) {
    long highest = Math.min(base.highest(), other.highest());
    long won = 0;
    long lost = 0;
    long tied = 0;
    for (Map.Entry<Long, LossesByKey.Total> each : other.totals().entrySet()) {
      LossesByKey.Total against = base.totals().get(each.getKey());
      if (against == null || each.getKey() > highest) {
        continue;
      }
      int order =
          Double.compare(
              each.getValue().sum() * against.count(), against.sum() * each.getValue().count());
      won += order < 0 ? 1 : 0;
      lost += order > 0 ? 1 : 0;
      tied += order == 0 ? 1 : 0;
    }
    return new Tally(won, lost, tied);
  }

  /** Mean loss of the other less that of the base: below 0 where the other is better. */
  public double difference() {
    return mean - baseMean;
  }

  /** The difference as a share of the base's mean; NaN where that is 0. */
  public double relative() {
    return baseMean == 0 ? Double.NaN : difference() / baseMean;
  }

  /** What is shown. */
  public Verdict verdict() {
    if (rows == 0 || Double.isNaN(low)) {
      return Verdict.TOO_FEW_ROWS;
    }
    if (low == 0 && high == 0) {
      return Verdict.THE_SAME;
    }
    return high < 0 ? Verdict.BETTER : low > 0 ? Verdict.WORSE : Verdict.NOT_TOLD_APART;
  }

  /** One plain sentence. */
  public String sentence(String name, String baseName) {
    String rowsAndBlocks =
        String.format(Locale.ROOT, "%,d rows, %,d blocks of %,d", rows, blocks, blockRows);
    return target
        + ": "
        + switch (verdict()) {
          case THE_SAME ->
              String.format(
                  Locale.ROOT, "%s loses exactly what %s does on %,d rows", name, baseName, rows);
          case BETTER, WORSE ->
              name
                  + " is "
                  + verdict().words()
                  + " than "
                  + baseName
                  + ": "
                  + loss.words()
                  + " "
                  + digits(Math.abs(difference()))
                  + (difference() < 0 ? " less" : " more")
                  + (Double.isNaN(relative())
                      ? ""
                      : String.format(Locale.ROOT, " (%+.2f%%)", 100 * relative()))
                  + interval()
                  + "; "
                  + rowsAndBlocks
                  + wins();
          case NOT_TOLD_APART ->
              name
                  + " and "
                  + baseName
                  + " are not told apart: "
                  + loss.words()
                  + " differs by "
                  + digits(difference())
                  + interval()
                  + "; "
                  + rowsAndBlocks
                  + wins();
          case TOO_FEW_ROWS ->
              "too few rows to tell " + name + " from " + baseName + ": " + rowsAndBlocks;
        };
  }

  private String interval() {
    return ", 95% interval of the difference " + digits(low) + " to " + digits(high);
  }

  private String wins() {
    return keys.all() < 2
        ? ""
        : String.format(
            Locale.ROOT,
            "; less for %,d of %,d%s keys",
            keys.won(),
            keys.all(),
            sampled ? " sampled" : "");
  }

  private static String digits(double value) {
    return Figures.of(value, DIGITS);
  }
}
