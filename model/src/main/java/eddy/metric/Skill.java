package eddy.metric;

import java.util.function.Supplier;

/**
 * Share of a baseline's loss that a model avoids: 1 - mean loss / mean loss of the baseline.
 *
 * <p>Only rows on which both have a loss count, so that both are judged by the same rows. The loss
 * is the absolute error of a number, or 0 and 1 for a class. Undefined (NaN) before the first such
 * row and while the baseline has lost nothing.
 */
public final class Skill {
  private final RunningMean loss;
  private final RunningMean baselineLoss;

  /**
   * @param means what the losses are averaged by, such as {@link RunningMean#cumulative}
   */
  public Skill(Supplier<RunningMean> means) {
    loss = means.get();
    baselineLoss = means.get();
  }

  /**
   * Compares the two on one row. Modifies only this skill.
   *
   * @param modelLoss NaN where the model said nothing
   * @param baselineModelLoss NaN where the baseline said nothing
   */
  public void add(double modelLoss, double baselineModelLoss) {
    if (Double.isNaN(modelLoss) || Double.isNaN(baselineModelLoss)) {
      return;
    }
    loss.add(modelLoss);
    baselineLoss.add(baselineModelLoss);
  }

  /** Number of rows on which both had a loss. */
  public long count() {
    return loss.count();
  }

  /** 1 for no loss, 0 for the baseline's, negative for more. */
  public double value() {
    return of(loss.mean(), baselineLoss.mean());
  }

  /** The baseline's mean loss on these rows; NaN before the first. */
  public double baselineMean() {
    return baselineLoss.mean();
  }

  /** The share of a baseline's mean loss that is avoided; NaN where that has lost nothing. */
  public static double of(double loss, double baselineLoss) {
    return baselineLoss == 0 ? Double.NaN : 1 - loss / baselineLoss;
  }
}
