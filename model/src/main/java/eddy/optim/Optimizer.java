package eddy.optim;

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
   * Makes one step. Modifies weights and slots.
   *
   * @param gradient [P]
   * @param scale factor on the gradient, from clipping
   * @param step 1 for the first update
   * @param slots [slotsPerWeight][P]
   */
  void update(float[] gradient, float scale, long step, float[] weights, float[] slots);
}
