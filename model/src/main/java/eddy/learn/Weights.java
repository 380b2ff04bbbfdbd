package eddy.learn;

import eddy.feature.Dictionary;
import eddy.feature.FeatureStatistics;

/**
 * What the keys of one scope share: learned values, optimiser memory, running statistics.
 *
 * <p>Owned by one task; changed by {@link Prequential#observe} only.
 */
public final class Weights {
  /** By member of the panel. */
  final MemberWeights[] members;

  /**
   * Where partitions share weights: what the members have been moved from by this partition alone
   * since it last told the others. Empty where not.
   */
  MemberWeights[] base = {};

  /** By target: how each member did lately. */
  final double[][] mixture;

  final FeatureStatistics features;

  /** Gaps between a key's events: count within a window, mean in milliseconds. */
  final double[] gaps = new double[ElapsedTime.MEMORY];

  /** Running statistics of each target's head. */
  final double[][] heads;

  /** By target: how its model stands to its baseline. */
  final double[][] gates;

  /** Classes of each target, null for numbers. */
  final Dictionary[] classes;

  /** What these weights stand for where partitions share theirs. */
  final Contributions contributions = new Contributions();

  long updates;
  long skipped;

  Weights(
      MemberWeights[] members,
      double[][] mixture,
      FeatureStatistics features,
      double[][] heads,
      Dictionary[] classes) {
    this.members = members;
    this.mixture = mixture;
    this.features = features;
    this.heads = heads;
    this.classes = classes;
    gates = new double[heads.length][Gate.MEMORY];
  }

  /** Number of updates so far. */
  public long updates() {
    return updates;
  }

  /** Number of updates that were not made because their gradient was not finite. */
  public long skipped() {
    return skipped;
  }
}
