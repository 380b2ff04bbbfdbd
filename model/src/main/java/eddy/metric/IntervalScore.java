package eddy.metric;

import java.util.function.Supplier;

/**
 * How good intervals are that should hold a given share of all labels: the share that they hold,
 * and their mean width in the label's units. NaN before the first label.
 */
public final class IntervalScore {
  private final double nominal;
  private final RunningMean covered;
  private final RunningMean width;

  /**
   * @param nominal share of labels that should lie within, in (0, 1)
   * @param means what is averaged by
   */
  public IntervalScore(double nominal, Supplier<RunningMean> means) {
    if (!(nominal > 0 && nominal < 1)) {
      throw new IllegalArgumentException(
          "the share that an interval should hold must lie in (0, 1) but was " + nominal);
    }
    this.nominal = nominal;
    covered = means.get();
    width = means.get();
  }

  /** Scores an interval, its ends included. Modifies only this score. */
  public void add(double label, double low, double high) {
    covered.add(low <= label && label <= high ? 1 : 0);
    width.add(high - low);
  }

  /** Number of labels scored so far. */
  public long count() {
    return covered.count();
  }

  /** Share of labels that should lie within. */
  public double nominal() {
    return nominal;
  }

  /** Share of labels that lie within. */
  public double coverage() {
    return covered.mean();
  }

  /** Mean width. */
  public double width() {
    return width.mean();
  }
}
