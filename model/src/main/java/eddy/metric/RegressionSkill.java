package eddy.metric;

import java.util.function.Supplier;

/**
 * Shares of a baseline's MAE and RMSE that a model avoids, on the rows on which both said
 * something. A share of WAPE would be that of MAE, since the labels are the same.
 */
public final class RegressionSkill {
  private final Skill absolute;
  private final Skill squared;

  /**
   * @param means what the errors are averaged by
   */
  public RegressionSkill(Supplier<RunningMean> means) {
    absolute = new Skill(means);
    squared = new Skill(means);
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
