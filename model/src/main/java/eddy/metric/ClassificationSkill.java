package eddy.metric;

import java.util.function.Supplier;

/** Shares of a baseline's wrong classes and of its log-loss that a model avoids. */
public final class ClassificationSkill {
  private final Skill errors;
  private final Skill bits;

  /**
   * @param means what the losses are averaged by
   */
  public ClassificationSkill(Supplier<RunningMean> means) {
    errors = new Skill(means);
    bits = new Skill(means);
  }

  /**
   * Compares the two on one row. Modifies only this skill.
   *
   * @param right whether the model's class was the true one
   * @param modelBits -log2 of what the model gave to the true class; NaN where it gave nothing
   * @param baselineRight whether the baseline's class was the true one
   * @param baselineBits -log2 of what the baseline gave to it; NaN where it gave nothing
   */
  public void add(boolean right, double modelBits, boolean baselineRight, double baselineBits) {
    errors.add(right ? 0 : 1, baselineRight ? 0 : 1);
    bits.add(modelBits, baselineBits);
  }

  /** Number of rows compared. */
  public long count() {
    return errors.count();
  }

  /** 1 - share of wrong classes / that of the baseline; NaN while it has made no error. */
  public double accuracy() {
    return errors.value();
  }

  /** 1 - log-loss / log-loss of the baseline; NaN where that is 0, or infinite. */
  public double logLossBits() {
    return Double.isInfinite(bits.baselineMean()) ? Double.NaN : bits.value();
  }
}
