package eddy.readout;

import eddy.math.Alignment;
import eddy.math.RandomStream;

/**
 * A map from features to outputs that learns from labels.
 *
 * <p>Serves some targets' slices of the outputs and leaves the others alone. The last feature is
 * the constant 1. Holds scratch: one per thread.
 */
public interface Readout {
  /** Weights that say 0 for every input. */
  ReadoutWeights newWeights(RandomStream random);

  /** Number of learned weights. */
  int parameters();

  /** Most bytes of the weights of sparse features, which are made as they move. */
  default long sparseBytes() {
    return 0;
  }

  /**
   * Computes the outputs of all own slices. Modifies only z.
   *
   * @param rows sparse features that are active, -1 for none; second-order readouts see none
   */
  void outputs(ReadoutWeights weights, float[] f, int[] rows, float[] z);

  /**
   * Takes in the label of one slice.
   *
   * @param f features at the origin [F]
   * @param rows sparse features that were active at the origin, -1 for none
   * @param z outputs as they were at the origin, in today's units
   * @param label the normalised number, or the slot of the class
   * @param featureAdjoint dLoss/df of the first, dense features is added to it [D], the only
   *     argument modified besides weights
   * @return size of the error: sum of |dLoss/dz|
   */
  float learn(
      ReadoutWeights weights,
      Slice slice,
      float[] f,
      int[] rows,
      float[] z,
      double label,
      float[] featureAdjoint);

  /**
   * Takes in what a foreign readout of the same kind has learned since its base. Modifies only
   * weights and base.
   *
   * @param base what the weights have been moved from by this side alone
   * @param features how the features are aligned [F]
   * @param outputs how all outputs are aligned, those of other slices too
   * @param share of what belongs to no single feature or output, in (0, 1]
   */
  void merge(
      ReadoutWeights weights,
      ReadoutWeights base,
      ReadoutWeights foreign,
      ReadoutWeights foreignBase,
      Alignment features,
      Alignment outputs,
      float share);

  /**
   * Shortens what was learned since the base to its part in what all partitions add, see {@link
   * eddy.optim.GradientStep#part}. Modifies only weights.
   *
   * @param partitions number of partitions, this one included
   */
  default void share(ReadoutWeights weights, ReadoutWeights base, int partitions) {}

  /**
   * Applies what was gathered since the last call.
   *
   * @param step number of this update, from 1
   * @return false where it was not usable and the weights stayed as they were
   */
  boolean update(ReadoutWeights weights, long step);
}
