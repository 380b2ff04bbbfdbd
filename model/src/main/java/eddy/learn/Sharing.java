package eddy.learn;

import eddy.feature.Dictionary;

/**
 * Weights that partitions share, {@code eddy.weights=global}: what one has learned is published,
 * the others take it in. Allocates; not for every event.
 */
public final class Sharing {
  /** Longer names of classes than most. */
  private static final int NAME_BYTES = 64;

  private static final long MANY_PARTITIONS = 1000;

  private final Prequential learner;
  private final LearnerSpec spec;
  private final Member[] members;
  private final Merge merge;

  Sharing(Prequential learner, LearnerSpec spec, Member[] members, Merge merge) {
    this.learner = learner;
    this.spec = spec;
    this.members = members;
    this.merge = merge;
  }

  /** Whether partitions share weights, and these have moved so often that others are due them. */
  public boolean isDue(Weights weights) {
    return spec.scope() == LearnerSpec.Scope.GLOBAL
        && weights.contributions.unpublished >= spec.weightsEvery();
  }

  /**
   * Most bytes that {@link #publish} gives: every hashed row has moved, and every class and
   * category has a name of {@value #NAME_BYTES} bytes.
   */
  public long mostBytes() {
    Weights start = learner.newWeights();
    long slots = 0;
    for (Dictionary dictionary : start.features.dictionaries) {
      slots += dictionary.slots();
    }
    for (Dictionary dictionary : start.classes) {
      slots += dictionary == null ? 0 : dictionary.slots();
    }
    long perPartition = Integer.BYTES + Long.BYTES;
    return learner.encode(start).length
        + 2 * learner.sparseBytes()
        + slots * (Integer.BYTES + NAME_BYTES)
        + MANY_PARTITIONS * perPartition;
  }

  /** The weights as other partitions take them in. Modifies what is known to be published. */
  public byte[] publish(Weights weights) {
    weights.contributions.unpublished = 0;
    for (int m = 0; m < members.length; m++) {
      int partitions = weights.contributions.foreign.size() + 1;
      members[m].share(weights.members[m], weights.base[m], partitions);
    }
    byte[] published = learner.encode(weights);
    weights.base = learner.decodeWeights(published).members;
    return published;
  }

  /**
   * Takes in what another partition has learned: each has a part by the updates that its weights
   * stand for; before an update of their own, weights become the foreign ones. Modifies only
   * weights.
   *
   * @param published what {@link #publish} gave there
   * @param partition which one it is
   * @return false where the foreign weights are not finite and nothing was changed
   * @throws IncompatibleStateException where the bytes are of another format or spec
   */
  public boolean merge(Weights weights, byte[] published, int partition) {
    Weights foreign = learner.decodeWeights(published);
    long updates = foreign.contributions.own;
    float share = weights.contributions.share(partition, updates);
    if (updates == 0 || !merge.apply(weights, foreign, share)) {
      return false;
    }
    weights.contributions.foreign.put(partition, updates);
    return true;
  }
}
