package eddy.metric;

import java.util.function.Supplier;

/**
 * Errors of class predictions: accuracy, log-loss in bits, and kappa-temporal.
 *
 * <p>Nothing is clipped: a true class that was given probability 0 makes the log-loss infinite.
 * Undefined scores are NaN: all of them before the first prediction, kappa-temporal also while the
 * no-change classifier has made no error.
 */
public final class ClassificationScore {
  private static final double LN_2 = StrictMath.log(2);

  private final RunningMean correct;
  private final RunningMean noChangeCorrect;
  private final RunningMean bits;

  /**
   * @param means what each quantity is averaged by, such as {@link RunningMean#cumulative}
   */
  public ClassificationScore(Supplier<RunningMean> means) {
    correct = means.get();
    noChangeCorrect = means.get();
    bits = means.get();
  }

  /**
   * Scores one prediction. Modifies only this score.
   *
   * @param right whether the predicted class was the true one
   * @param noChangeRight whether the true class was the one before it
   * @param probability given to the true class
   */
  public void add(boolean right, boolean noChangeRight, double probability) {
    addBits(right, noChangeRight, bits(probability));
  }

  /**
   * The same where the bits are known, which takes no logarithm. Modifies only this score.
   *
   * @param lost as {@link #bits} has it
   */
  public void addBits(boolean right, boolean noChangeRight, double lost) {
    correct.add(right ? 1 : 0);
    noChangeCorrect.add(noChangeRight ? 1 : 0);
    bits.add(lost);
  }

  /** -log2 of a probability; infinite for 0. */
  public static double bits(double probability) {
    // 0 - x, since -x would make the bits of a certain class a negative zero
    return 0 - StrictMath.log(probability) / LN_2;
  }

  /** Number of predictions scored so far. */
  public long count() {
    return correct.count();
  }

  /** Share of predictions that were right. */
  public double accuracy() {
    return correct.mean();
  }

  /** Mean of -log2 of the probability given to the true class. */
  public double logLossBits() {
    return bits.mean();
  }

  /**
   * Share of the no-change classifier's errors that are avoided: (acc - acc0) / (1 - acc0).
   * Negative where it does better. Bifet et al. 2015.
   */
  public double kappaTemporal() {
    double noChange = noChangeCorrect.mean();
    return noChange == 1 ? Double.NaN : (correct.mean() - noChange) / (1 - noChange);
  }
}
