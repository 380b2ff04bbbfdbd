package eddy.learn;

import eddy.feature.FeatureEncoder;
import eddy.math.Alignment;
import eddy.readout.ReadoutWeights;
import eddy.readout.SparseRows;

/**
 * Takes in what the learner of another partition has learned: a mean of both, entry by entry.
 *
 * <p>Both sides have numbered classes and categories in the order of their own first sight: they
 * are aligned by their names, the own numbers stay, since states of keys hold them. Means and mean
 * squares weigh by their counts too, second-order readouts by what each side knows. O(weights), and
 * O(F^3) where a readout is of second order; allocates.
 */
final class Merge {
  private final Member[] members;
  private final FeatureEncoder features;
  private final Targets targets;

  Merge(Member[] members, FeatureEncoder features, Targets targets) {
    this.members = members;
    this.features = features;
    this.targets = targets;
  }

  /**
   * Moves weights toward foreign ones.
   *
   * @param share how far, in (0, 1]
   * @return false where the foreign ones are not finite and nothing was changed
   */
  boolean apply(Weights own, Weights foreign, float share) {
    if (!isFinite(foreign)) {
      return false;
    }
    Alignment inputs = features.align(own.features.merge(foreign.features, share), share);
    Alignment outputs = outputs(own, foreign, share);
    for (int m = 0; m < members.length; m++) {
      members[m].merge(
          own.members[m], own.base[m], foreign.members[m], foreign.base[m], inputs, outputs, share);
    }
    for (int t = 0; t < targets.count(); t++) {
      Gate.merge(own.gates[t], foreign.gates[t], share);
      for (int m = 0; m < members.length; m++) {
        own.mixture[t][m] = Alignment.mix(own.mixture[t][m], foreign.mixture[t][m], share);
      }
      if (own.heads[t].length > 0) {
        ChangeUnits.merge(own.heads[t], foreign.heads[t], share);
      }
    }
    ElapsedTime.merge(own.gaps, foreign.gaps, share);
    // optimisers correct their young memory by the number of updates
    own.updates = Math.max(own.updates, foreign.updates);
    return true;
  }

  private Alignment outputs(Weights own, Weights foreign, float share) {
    Alignment[] byFirst = new Alignment[targets.outputs];
    for (int t = 0; t < targets.count(); t++) {
      byFirst[targets.outputAt[t]] =
          own.classes[t] == null
              ? Alignment.same(targets.slices[t].count(), share)
              : own.classes[t].adopt(foreign.classes[t], share);
    }
    Alignment all = Alignment.same(0, share);
    while (all.length() < targets.outputs) {
      all = all.then(byFirst[all.length()]);
    }
    return all;
  }

  private boolean isFinite(Weights weights) {
    boolean finite = isFinite(weights.features.values) && isFinite(weights.gaps);
    for (int t = 0; t < targets.count(); t++) {
      finite &= isFinite(weights.heads[t]) && isFinite(weights.mixture[t]);
      finite &= isFinite(weights.gates[t]);
    }
    return finite && isFinite(weights.members) && isFinite(weights.base);
  }

  private static boolean isFinite(MemberWeights[] members) {
    boolean finite = true;
    for (MemberWeights member : members) {
      finite &= isFinite(member.clip());
      for (int b = 0; b < member.cells().length; b++) {
        finite &= isFinite(member.cells()[b].values);
        finite &= isFinite(member.cellSlots()[b]);
      }
      for (ReadoutWeights readout : member.readouts()) {
        finite &= isFinite(readout.values) && isFinite(readout.slots);
        finite &= isFinite(readout.memory) && isFinite(readout.rows);
      }
    }
    return finite;
  }

  private static boolean isFinite(SparseRows rows) {
    boolean finite = true;
    for (int i = 0; i < rows.count(); i++) {
      finite &= isFinite(rows.values(rows.row(i)));
      finite &= isFinite(rows.slots(rows.row(i)));
    }
    return finite;
  }

  private static boolean isFinite(float[] values) {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isFinite(double[] values) {
    for (double value : values) {
      if (!Double.isFinite(value)) {
        return false;
      }
    }
    return true;
  }
}
