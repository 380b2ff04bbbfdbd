package eddy.optim;

import eddy.math.OptimizerKernels;

/**
 * How weights move against their gradient.
 *
 * <p>Its memory is passed in, so that it can be stored with the weights. Stateless.
 */
public interface Optimizer {
  String name();

  /** Floats of memory per weight, zero at the start. */
  int slotsPerWeight();

  /**
   * Whether a weight without gradient stays as it is, and its memory too: then it need not be
   * visited.
   */
  boolean restsAtZero();

  /** Whether its memory is a sum over all gradients rather than over recent ones. */
  default boolean accumulates() {
    return false;
  }

  /** Whether it reads {@link Update#magnitude}, which costs a pass over the gradient. */
  default boolean boundsOvershoot() {
    return false;
  }

  /** Computes what all ranges of one update share, from what was measured. Modifies only update. */
  default void prepare(Update update) {}

  /**
   * Makes one step of the weights from at to at + length. Modifies only weights and slots.
   *
   * @param update as {@link #prepare} left it
   * @param gradient [P]
   * @param weights [P]
   * @param slots [slotsPerWeight][P]
   */
  void update(
      OptimizerKernels kernels,
      Update update,
      float[] gradient,
      float[] weights,
      float[] slots,
      int at,
      int length);
}
