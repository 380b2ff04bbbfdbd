package eddy.replay;

import eddy.compare.Comparison;
import eddy.compare.Loss;
import eddy.feature.TargetSpec;
import eddy.report.ScoredLine;
import eddy.report.ScoredTarget;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Losses of two runs on exactly the rows that both scored.
 *
 * <p>A row that one of them has scored waits for the other, {@value #WAITING} of a target at most:
 * of runs in {@link Lockstep}, those are rows that the other never scores. For one thread.
 */
public final class PairedLosses {
  /** Rows of a target that wait. */
  static final int WAITING = 1 << 16;

  private final RunLosses base;
  private final RunLosses other;
  private final List<Pairing> pairings = new ArrayList<>();

  /** One target that both have. */
  private static final class Pairing {
    private final int base;
    private final int other;
    private final List<Loss> losses;
    private final Map<Long, ScoredLine> waitingBase = new LinkedHashMap<>();
    private final Map<Long, ScoredLine> waitingOther = new LinkedHashMap<>();
    private long unpaired;

    Pairing(int base, int other, List<Loss> losses) {
      this.base = base;
      this.other = other;
      this.losses = losses;
    }

    /** The other's line of the same row; null where it is not there yet, and the line waits. */
    ScoredLine match(ScoredLine line, Map<Long, ScoredLine> own, Map<Long, ScoredLine> others) {
      ScoredLine match = others.remove(line.originRow());
      if (match == null) {
        own.put(line.originRow(), line);
        if (own.size() > WAITING) {
          Iterator<Long> oldest = own.keySet().iterator();
          oldest.next();
          oldest.remove();
          unpaired++;
        }
      }
      return match;
    }
  }

  /** Pairs of no row yet. */
  public PairedLosses(List<TargetSpec> baseTargets, List<TargetSpec> otherTargets) {
    base = new RunLosses(baseTargets);
    other = new RunLosses(otherTargets);
    for (int i = 0; i < baseTargets.size(); i++) {
      int j = RunLosses.shared(baseTargets.get(i), otherTargets);
      if (j >= 0) {
        pairings.add(new Pairing(i, j, RunLosses.of(baseTargets.get(i))));
      }
    }
  }

  /** Whether the two have a target in common. */
  public boolean comparable() {
    return !pairings.isEmpty();
  }

  /** Takes a line of the base. */
  public void base(ScoredLine line) {
    for (Pairing pairing : pairings) {
      if (isScored(line, pairing.base)) {
        ScoredLine match = pairing.match(line, pairing.waitingBase, pairing.waitingOther);
        if (match != null) {
          add(pairing, line, match);
        }
      }
    }
  }

  /** Takes a line of the other. */
  public void other(ScoredLine line) {
    for (Pairing pairing : pairings) {
      if (isScored(line, pairing.other)) {
        ScoredLine match = pairing.match(line, pairing.waitingOther, pairing.waitingBase);
        if (match != null) {
          add(pairing, match, line);
        }
      }
    }
  }

  private static boolean isScored(ScoredLine line, int target) {
    ScoredTarget scored = line.targets().get(target);
    return !(scored instanceof ScoredTarget.Unsettled)
        && !(scored instanceof ScoredTarget.OfNumber number && Double.isNaN(number.predicted()));
  }

  private void add(Pairing pairing, ScoredLine ofBase, ScoredLine ofOther) {
    for (Loss loss : pairing.losses) {
      double baseLoss = RunLosses.of(loss, ofBase.targets().get(pairing.base));
      double otherLoss = RunLosses.of(loss, ofOther.targets().get(pairing.other));
      // what one of them cannot be measured by is left out of both
      boolean finite = Double.isFinite(baseLoss) && Double.isFinite(otherLoss);
      base.add(pairing.base, loss, ofBase, finite ? baseLoss : Double.NaN);
      other.add(pairing.other, loss, ofBase, finite ? otherLoss : Double.NaN);
    }
  }

  /**
   * What has been found so far, by target and loss.
   *
   * @param seed of the resampling: the same gives the same intervals
   */
  public List<Comparison> compare(long seed) {
    List<Comparison> comparisons = new ArrayList<>();
    for (Pairing pairing : pairings) {
      long unpaired = pairing.unpaired + pairing.waitingBase.size() + pairing.waitingOther.size();
      for (Loss loss : pairing.losses) {
        comparisons.add(
            base.compare(pairing.base, loss, other.ledger(pairing.other, loss), unpaired, seed));
      }
    }
    return comparisons;
  }
}
