package eddy.cell;

import eddy.math.Kernels;
import eddy.math.RandomStream;

/**
 * The unit function of a recurrent cell: what each unit does alone, after the affine map.
 *
 * <p>A gated cell is two steps. {@link CellGroup} computes gate pre-activations a = W [x; h; 1],
 * gate-major [gates][units]; the cell maps a, the unit's state and the unit's own weights to the
 * unit's next state. Everything that learns follows from the three derivatives of that function.
 *
 * <p>States are plane-major [planes][units], and plane 0 is what recurrent gates read. Own weights
 * stand [ownWeights][units] at the start of the group's weights, derived values
 * [derivedValues][units] at the start of its derived array. Cells are immutable and hold no
 * scratch.
 */
public interface Cell {
  /** Doubles per unit that {@link #derive} may use. */
  int SCRATCH = 4;

  /** Name of the cell, such as {@code lstm}. */
  String name();

  int units();

  /** What each unit consists of. */
  CellShape shape();

  /** Whether a unit's next state depends on no other unit: then RTRL is exact at O(parameters). */
  default boolean elementWise() {
    return shape().recurrentGates().isEmpty();
  }

  /** What the readout sees, numbers per state. */
  default int outputs() {
    return units();
  }

  /** Fills own weights [ownWeights][units]. Modifies only weights. */
  default void initializeOwn(RandomStream random, float[] weights) {}

  /** What {@link Init#AUTO} stands for in the recurrent matrices. */
  default Init recurrentStart() {
    return Init.ORTHOGONAL;
  }

  /**
   * Fills the biases [biasGates][units], which are zero. Modifies only weights.
   *
   * @param forget of the gate that keeps the memory, where there is one
   * @param at offset of the first bias, that of the first gate which has one
   */
  default void initializeBiases(ForgetBias forget, RandomStream random, float[] weights, int at) {}

  /**
   * Computes the derived values after the weights changed. Modifies only derived.
   *
   * @param scratch [{@value #SCRATCH}][units], for what float is not precise enough for
   */
  default void derive(Kernels kernels, float[] weights, double[] scratch, float[] derived) {}

  /**
   * Computes the next state.
   *
   * @param gates pre-activations [gates][units], replaced by what {@link #differentiate} wants to
   *     find there, which has room for [units] more
   * @param weights own weights first
   * @param derived derived values first
   * @param dt time since the step before; most cells do not look at it
   * @param state previous state [planes][units]
   * @param next next state [planes][units], the only other array that is modified
   */
  void activate(
      Kernels kernels,
      float[] gates,
      float[] weights,
      float[] derived,
      float dt,
      float[] state,
      float[] next);

  /**
   * Computes the derivatives of the step that {@link #activate} has just made.
   *
   * @param gates as activate left them
   * @param out modified: every entry that is not structurally zero is written; the others stay 0
   */
  void differentiate(
      float[] gates,
      float[] weights,
      float[] derived,
      float dt,
      float[] state,
      float[] next,
      Derivatives out);

  /** What the readout sees of a state [outputs]. Modifies only output. */
  default void output(Kernels kernels, float[] state, float[] output, int at) {
    System.arraycopy(state, 0, output, at, units());
  }

  /** Derivative of an output by the state number of the same index, at its value. */
  default float outputSlope(float state) {
    return 1f;
  }

  /**
   * Adds the adjoint of the output, pulled back to the state. Modifies only stateAdjoint
   * [planes][units].
   *
   * @param output what {@link #output} gave for the state
   */
  default void addOutputAdjoint(float[] output, float[] adjoint, int at, float[] stateAdjoint) {
    for (int u = 0; u < units(); u++) {
      stateAdjoint[u] += adjoint[at + u];
    }
  }
}
