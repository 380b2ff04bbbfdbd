package eddy.replay;

import eddy.compare.Comparison;
import eddy.compare.Loss;
import eddy.compare.LossLedger;
import eddy.feature.TargetSpec;
import eddy.report.ScoredLine;
import eddy.report.ScoredTarget;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What the published predictions of one run have cost, by target and kind of loss, in bounded
 * memory. For one thread.
 */
public final class RunLosses {
  private static final double LN_2 = StrictMath.log(2);

  private final List<TargetSpec> targets;
  private final List<Map<Loss, LossLedger>> ledgers = new ArrayList<>();

  /** Losses of no row yet. */
  public RunLosses(List<TargetSpec> targets) {
    this.targets = List.copyOf(targets);
    for (TargetSpec target : targets) {
      Map<Loss, LossLedger> byLoss = new EnumMap<>(Loss.class);
      of(target).forEach(loss -> byLoss.put(loss, new LossLedger()));
      ledgers.add(byLoss);
    }
  }

  /** The losses of a target, the one that decides first. */
  static List<Loss> of(TargetSpec target) {
    return target.category()
        ? List.of(Loss.LOG_LOSS_BITS, Loss.ERROR)
        : List.of(Loss.ABSOLUTE_ERROR);
  }

  /** What was lost; NaN where nothing was published or settled. */
  static double of(Loss loss, ScoredTarget scored) {
    if (scored instanceof ScoredTarget.OfNumber number) {
      return Math.abs(number.predicted() - number.label());
    }
    if (scored instanceof ScoredTarget.OfClass symbol) {
      return loss == Loss.LOG_LOSS_BITS
          ? -StrictMath.log(symbol.probability()) / LN_2
          : symbol.label().equals(symbol.predicted()) ? 0 : 1;
    }
    return Double.NaN;
  }

  /** Adds what a line settles. Modifies only these losses. */
  public void add(ScoredLine line) {
    for (int target = 0; target < targets.size(); target++) {
      if (!(line.targets().get(target) instanceof ScoredTarget.Unsettled)) {
        for (Loss loss : of(targets.get(target))) {
          add(target, loss, line, of(loss, line.targets().get(target)));
        }
      }
    }
  }

  /** Adds one loss of a line. Modifies only these losses. */
  void add(int target, Loss loss, ScoredLine line, double value) {
    ledgers.get(target).get(loss).add(line.originRow(), line.timestamp(), line.key(), value);
  }

  /**
   * Compares the targets that two runs share, by name and kind.
   *
   * @param seed of the resampling: the same gives the same intervals
   */
  public static List<Comparison> compare(RunLosses base, RunLosses other, long seed) {
    List<Comparison> comparisons = new ArrayList<>();
    for (int i = 0; i < base.targets.size(); i++) {
      int j = shared(base.targets.get(i), other.targets);
      for (Loss loss : j < 0 ? List.<Loss>of() : of(base.targets.get(i))) {
        comparisons.add(base.compare(i, loss, other.ledgers.get(j).get(loss), 0, seed));
      }
    }
    return comparisons;
  }

  /** Compares one target with what another run has lost. */
  Comparison compare(int target, Loss loss, LossLedger other, long unpaired, long seed) {
    return Comparison.of(
        targets.get(target).name(), loss, ledgers.get(target).get(loss), other, unpaired, seed);
  }

  LossLedger ledger(int target, Loss loss) {
    return ledgers.get(target).get(loss);
  }

  /** Where the same target stands among others; -1 where it does not. */
  static int shared(TargetSpec target, List<TargetSpec> others) {
    for (int i = 0; i < others.size(); i++) {
      if (others.get(i).name().equals(target.name())
          && others.get(i).category() == target.category()) {
        return i;
      }
    }
    return -1;
  }
}
