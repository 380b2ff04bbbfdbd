package eddy.metric;

import java.util.List;
import java.util.function.Supplier;

/**
 * How good quantiles are: their pinball loss in the label's units, and how often the label lies
 * between the outermost ones.
 *
 * <p>The pinball loss of one label is the mean over levels of level * e for e = label - quantile >=
 * 0, of (level - 1) * e below. NaN before the first label.
 */
public final class QuantileScore {
  private final RunningMean pinball;
  private final RunningMean covered;
  private double nominal = Double.NaN;

  /**
   * @param means what each quantity is averaged by
   */
  public QuantileScore(Supplier<RunningMean> means) {
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
    double sum = 0;
    for (int i = 0; i < levels.size(); i++) {
      double error = label - quantiles.get(i);
      sum += error >= 0 ? levels.get(i) * error : (levels.get(i) - 1) * error;
    }
    int last = levels.size() - 1;
    pinball.add(sum / levels.size());
    covered.add(quantiles.get(0) <= label && label <= quantiles.get(last) ? 1 : 0);
    nominal = levels.get(last) - levels.get(0);
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
