package eddy.cell;

import eddy.math.Kernels;
import eddy.math.RandomStream;
import java.util.List;

/**
 * A recurrent function s' = F(s, x; w) that can pull an adjoint back through each of its steps.
 *
 * <p>I inputs, S numbers of state, P weights in one flat array. What a step must remember for its
 * pull-back is written to a tape of a fixed length, so that estimators can keep the steps of a
 * window; with that alone truncated back-propagation and exact RTRL are possible for every
 * recurrence. Arrays of states and adjoints may be longer than S; what lies beyond is left alone.
 * May hold scratch: one per thread.
 */
public interface Recurrence {
  /** Name for messages, such as {@code lstm}. */
  String name();

  /** Numbers that a step reads, I. */
  int inputs();

  /** Where the weights of its inputs stand, a row for each input. */
  List<InputRows> inputRows();

  /**
   * All weights by names.
   *
   * @param layer number of the layer that it is
   */
  default List<NamedWeights> named(int layer) {
    return List.of(NamedWeights.plain("values_l" + layer, 0, parameters()));
  }

  /** Numbers that the readout sees of a state. */
  int outputs();

  /** Numbers of state, S. */
  int stateLength();

  /** Number of weights, P. */
  int parameters();

  /** Numbers that a step writes to its tape. */
  int tapeLength();

  /** Multiply-adds of one forward step. */
  long stepMacs();

  /** Multiply-adds of pulling one adjoint back through one step, its weight gradient included. */
  long pullBackMacs();

  /** New weights for inputs that each have variance 1. */
  default CellWeights newWeights(RandomStream random) {
    return newWeights(random, inputs());
  }

  /**
   * New weights.
   *
   * @param inputPower mean sum of the inputs' squares, by which their weights are scaled: the
   *     number of inputs where each has variance 1, while a one-hot vector adds 1 in all
   */
  CellWeights newWeights(RandomStream random, double inputPower);

  /** Weights over existing values, which are used, not copied. */
  CellWeights weightsOf(float[] values);

  /** Renews what is derived from the values, after they changed. Modifies only weights. */
  void refresh(Kernels kernels, CellWeights weights);

  /**
   * The same recurrence, whose outputs are the sums of its outputs since the start of the sequence:
   * divided by the number of steps they are its mean state.
   */
  default Recurrence summed() {
    return new SummedOutputs(this);
  }

  /**
   * Computes the next state.
   *
   * @param x input [I] from 0
   * @param dt time since the step before, in a unit of the caller's; 1 for evenly spaced steps
   * @param next next state [S], the only argument modified; must not be state itself
   */
  void step(Kernels kernels, CellWeights weights, float[] x, float dt, float[] state, float[] next);

  /**
   * The same, remembering the step.
   *
   * @param tape modified: [{@link #tapeLength}] from at, self-contained but for the weights
   */
  void record(
      Kernels kernels,
      CellWeights weights,
      float[] x,
      float dt,
      float[] state,
      float[] next,
      float[] tape,
      int at);

  /**
   * Pulls an adjoint of the state after a recorded step back to the state before it.
   *
   * @param weights current ones: where they have moved since, the linear part is today's
   * @param adjoint [S], replaced
   * @param inputAdjoint adjoint of the input [I], added to; null where nobody wants it
   * @param gradient the weight gradient of the step [P] is added from gradientAt
   */
  void pullBack(
      Kernels kernels,
      CellWeights weights,
      float[] tape,
      int at,
      float[] adjoint,
      float[] inputAdjoint,
      float[] gradient,
      int gradientAt);

  /**
   * What the readout sees of a state, at first the state itself [outputs]. Modifies only output.
   */
  default void output(Kernels kernels, float[] state, float[] output, int at) {
    System.arraycopy(state, 0, output, at, outputs());
  }

  /**
   * Adds the adjoint of the output, pulled back to the state. Modifies only stateAdjoint [S].
   *
   * @param output what {@link #output} gave for the state, from at
   * @param adjoint from at
   */
  default void addOutputAdjoint(
      Kernels kernels,
      float[] state,
      float[] output,
      float[] adjoint,
      int at,
      float[] stateAdjoint) {
    for (int i = 0; i < outputs(); i++) {
      stateAdjoint[i] += adjoint[at + i];
    }
  }
}
