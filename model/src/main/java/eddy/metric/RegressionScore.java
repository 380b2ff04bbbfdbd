package eddy.metric;

import java.util.function.Supplier;

/**
 * Errors of numeric predictions, in the label's units: MAE, RMSE, and WAPE = sum |e| / sum |y|.
 *
 * <p>Undefined scores are NaN: all of them before the first prediction, WAPE also while every label
 * is 0.
 */
public final class RegressionScore {
  private final RunningMean absoluteError;
  private final RunningMean squaredError;
  private final RunningMean absoluteLabel;

  /**
   * @param means what each quantity is averaged by, such as {@link RunningMean#cumulative}
   */
  public RegressionScore(Supplier<RunningMean> means) {
    absoluteError = means.get();
    squaredError = means.get();
    absoluteLabel = means.get();
  }

  /** Scores one prediction against its label. Modifies only this score. */
  public void add(double label, double prediction) {
    double error = prediction - label;
    absoluteError.add(Math.abs(error));
    squaredError.add(error * error);
    absoluteLabel.add(Math.abs(label));
  }

  /** Number of predictions scored so far. */
  public long count() {
    return absoluteError.count();
  }

  /** Mean absolute error. */
  public double mae() {
    return absoluteError.mean();
  }

  /** Root mean squared error. */
  public double rmse() {
    return Math.sqrt(squaredError.mean());
  }

  /** Weighted absolute percentage error, as a fraction. */
  public double wape() {
    double label = absoluteLabel.mean();
    return label == 0 ? Double.NaN : absoluteError.mean() / label;
  }
}
