package eddy.metric;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;

/**
 * How good quantiles are: their pinball loss in the label's units, and how often the label lies
 * between the outermost ones, and between those of every pair of levels that leave as much below as
 * above.
 *
 * <p>The pinball loss of one label is the mean over levels of level * e for e = label - quantile >=
 * 0, of (level - 1) * e below. NaN before the first label.
 */
public final class QuantileScore {
  /** Levels are decimal fractions: 1 - 0.9 is not quite 0.1. */
  private static final double SAME = 1e-9;

  private static final double DIGITS = 1e9;

  private final Supplier<RunningMean> means;
  private final RunningMean pinball;
  private final RunningMean covered;
  private final List<IntervalScore> intervals = new ArrayList<>();
  private double nominal = Double.NaN;

  /**
   * @param means what each quantity is averaged by
   */
  public QuantileScore(Supplier<RunningMean> means) {
    this.means = means;
    pinball = means.get();
    covered = means.get();
  }

  /**
   * Scores quantiles against their label. Modifies only this score.
   *
   * @param levels ascending, those of every call
   * @param quantiles by level
   */
  public void add(double label, List<Double> levels, List<Double> quantiles) {
    if (pinball.count() == 0) {
      addIntervals(levels);
    }
    int pair = 0;
    for (int i = 0; i < levels.size(); i++) {
      int low = partner(levels, i);
      if (low >= 0) {
        intervals.get(pair++).add(label, quantiles.get(low), quantiles.get(i));
      }
    }
    int last = levels.size() - 1;
    pinball.add(pinball(label, levels, quantiles));
    covered.add(quantiles.get(0) <= label && label <= quantiles.get(last) ? 1 : 0);
    nominal = levels.get(last) - levels.get(0);
  }

  private void addIntervals(List<Double> levels) {
    for (int i = 0; i < levels.size(); i++) {
      int low = partner(levels, i);
      if (low >= 0) {
        double share = Math.rint((levels.get(i) - levels.get(low)) * DIGITS) / DIGITS;
        intervals.add(new IntervalScore(share, means));
      }
    }
  }

  /** Index of the level that leaves as much below as this one above; negative where none does. */
  private static int partner(List<Double> levels, int high) {
    for (int low = 0; low < high; low++) {
      if (Math.abs(levels.get(low) + levels.get(high) - 1) < SAME) {
        return low;
      }
    }
    return -1;
  }

  /** The pinball loss of one label: the mean over levels. */
  public static double pinball(double label, List<Double> levels, List<Double> quantiles) {
    double sum = 0;
    for (int i = 0; i < levels.size(); i++) {
      sum += pinball(levels.get(i), label - quantiles.get(i));
    }
    return sum / levels.size();
  }

  /** The same of a point, which is every quantile of itself. */
  public static double pinballOfPoint(double label, List<Double> levels, double point) {
    return pinball(label, levels, Collections.nCopies(levels.size(), point));
  }

  /** The loss of a quantile whose label lies so far above it. */
  static double pinball(double level, double error) {
    return error >= 0 ? level * error : (level - 1) * error;
  }

  /** The narrowest first; none before the first label. */
  public List<IntervalScore> intervals() {
    return List.copyOf(intervals);
  }

  /** Number of labels scored so far. */
  public long count() {
    return pinball.count();
  }

  /** Mean pinball loss. */
  public double pinball() {
    return pinball.mean();
  }

  /** Share of labels between the outermost quantiles. */
  public double coverage() {
    return covered.mean();
  }

  /** What the share should be: the difference of the outermost levels. */
  public double nominalCoverage() {
    return nominal;
  }
}
