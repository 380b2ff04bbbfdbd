package eddy.readout;

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

  /** Computes the outputs of all own slices. Modifies only z. */
  void outputs(ReadoutWeights weights, float[] f, float[] z);

  /**
   * Takes in the label of one slice.
   *
   * @param f features at the origin [F]
   * @param z outputs as they were at the origin, in today's units
   * @param label the normalised number, or the slot of the class
   * @param featureAdjoint dLoss/df is added to it [F], the only argument modified besides weights
   * @return size of the error: sum of |dLoss/dz|
   */
  float learn(
      ReadoutWeights weights,
      Slice slice,
      float[] f,
      float[] z,
      double label,
      float[] featureAdjoint);

  /**
   * Applies what was gathered since the last call.
   *
   * @param step number of this update, from 1
   * @return false where it was not usable and the weights stayed as they were
   */
  boolean update(ReadoutWeights weights, long step);
}
