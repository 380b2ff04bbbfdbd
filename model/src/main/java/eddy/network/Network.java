package eddy.network;

import eddy.cell.CellWeights;
import eddy.cell.NamedWeights;
import eddy.gradient.RecurrentState;
import eddy.math.Alignment;
import eddy.math.RandomStream;
import java.util.List;

/**
 * What turns a key's sequence of inputs into features for a readout, and learns from their adjoint.
 *
 * <p>Weights and gradients come in blocks, states in parts; their meaning is the network's own. A
 * lane is a horizon of the targets: most networks show every lane the same features. Holds scratch:
 * one per thread.
 */
public interface Network {
  /** Numbers that the readout sees. */
  int outputs();

  /**
   * Hidden units that a gradient readout has of the network's own, since all that it shows is
   * linear in its inputs; 0 where it is not.
   */
  default int hiddenUnits() {
    return 0;
  }

  /** Number of weight blocks. */
  int blocks();

  /** Number of weights of a block. */
  int parameters(int block);

  /** Number of weights. */
  default int parameters() {
    int sum = 0;
    for (int block = 0; block < blocks(); block++) {
      sum += parameters(block);
    }
    return sum;
  }

  /** The weights of a block by names that no other block has. */
  default List<NamedWeights> named(int block) {
    return List.of(NamedWeights.all("block" + block, parameters(block)));
  }

  /**
   * How the weights of a block are aligned with those of a foreign network of the same spec.
   *
   * @param inputs how its inputs are aligned, and perhaps further ones
   * @param share of what does not belong to a single input
   */
  Alignment align(int block, Alignment inputs, float share);

  /** The same of what it shows. */
  default Alignment alignOutputs(Alignment inputs, float share) {
    return Alignment.same(outputs(), share);
  }

  CellWeights[] newWeights(RandomStream random);

  /**
   * New weights for inputs of which many are zero; networks over a window start as if none were.
   *
   * @param inputPower mean sum of the inputs' squares
   */
  default CellWeights[] newWeights(RandomStream random, double inputPower) {
    return newWeights(random);
  }

  /** Renews what is derived from the weights. Modifies only weights. */
  void refresh(CellWeights[] weights);

  /** State at the start of a sequence, with what gradients need where they will be asked for. */
  RecurrentState[] newState(boolean traced);

  /**
   * Takes in an input without what gradients need. Modifies only states.
   *
   * @param x input, from 0
   * @param dt time since the input before, 1 for evenly spaced ones
   */
  void forward(CellWeights[] weights, float[] x, float dt, RecurrentState[] states);

  /** Takes in an input, with what gradients need. Modifies only states. */
  void advance(CellWeights[] weights, float[] x, float dt, RecurrentState[] states);

  /** Whether what the readout sees depends on the lane. */
  default boolean lanesDiffer() {
    return false;
  }

  /**
   * Computes what {@link #output} and {@link #addGradient} of all lanes then take for these states,
   * where it does not stand in the states themselves. Modifies only scratch.
   */
  default void unroll(CellWeights[] weights, RecurrentState[] states) {}

  /**
   * What the readout sees for a lane [outputs]. Modifies only output, from 0.
   *
   * @param states unrolled after they and the weights were last changed
   */
  void output(CellWeights[] weights, RecurrentState[] states, int lane, float[] output);

  /**
   * Adds the gradient by all weights. Modifies only gradients.
   *
   * @param states advanced, not forwarded, and unrolled
   * @param output what {@link #output} gives for the states and the lane
   * @param adjoint derivative of the loss by the output [outputs]
   */
  void addGradient(
      CellWeights[] weights,
      RecurrentState[] states,
      int lane,
      float[] output,
      float[] adjoint,
      float[][] gradients);

  /**
   * Name of how gradients are obtained, such as {@code unit-traces}; empty where nothing is shown.
   */
  String estimator();

  /** The same where a key's sensitivities have been dropped. */
  default String fallbackEstimator() {
    return estimator();
  }

  /** Whether sensitivities of these states have been dropped, and are not carried again yet. */
  default boolean fallenBack(RecurrentState[] states) {
    return false;
  }

  /** How often sensitivities have been dropped, of all keys. */
  default long drops() {
    return 0;
  }
}
