package eddy.metric;

import java.util.function.Supplier;

/**
 * Shares of a baseline's MAE and RMSE that a model avoids, on the rows on which both said
 * something, and of its pinball loss where there is one. A share of WAPE would be that of MAE,
 * since the labels are the same.
 */
public final class RegressionSkill {
  private final Skill absolute;
  private final Skill squared;
  private final Supplier<RunningMean> means;
  private Skill pinball; // null until there is one: most numbers have no quantiles

  /**
   * @param means what the errors are averaged by
   */
  public RegressionSkill(Supplier<RunningMean> means) {
    absolute = new Skill(means);
    squared = new Skill(means);
    this.means = means;
  }

  /**
   * Compares the two on one row. Modifies only this skill.
   *
   * @param prediction NaN where the model said nothing
   * @param baseline NaN where the baseline said nothing
   */
  public void add(double label, double prediction, double baseline) {
    double error = prediction - label;
    double baselineError = baseline - label;
    absolute.add(Math.abs(error), Math.abs(baselineError));
    squared.add(error * error, baselineError * baselineError);
  }

  /**
   * Compares the pinball losses of the two on one row. Modifies only this skill.
   *
   * @param lost NaN where the model gave no quantiles
   * @param baselineLost NaN where the baseline said nothing
   */
  public void addPinball(double lost, double baselineLost) {
    if (pinball == null) {
      pinball = new Skill(means);
    }
    pinball.add(lost, baselineLost);
  }

  /** 1 - pinball loss / that of the baseline; NaN where there is none. */
  public double pinball() {
    return pinball == null ? Double.NaN : pinball.value();
  }

  /** The baseline's mean pinball loss on these rows; NaN where there is none. */
  public double baselinePinball() {
    return pinball == null ? Double.NaN : pinball.baselineMean();
  }

  /** Number of rows on which both said something. */
  public long count() {
    return absolute.count();
  }

  /** 1 - MAE / MAE of the baseline; NaN while the baseline has made no error. */
  public double mae() {
    return absolute.value();
  }

  /** 1 - RMSE / RMSE of the baseline; NaN while the baseline has made no error. */
  public double rmse() {
    return 1 - Math.sqrt(1 - squared.value());
  }
}
