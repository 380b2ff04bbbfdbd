package eddy.math;

/**
 * The steps of optimisers, element by element, over ranges of flat arrays.
 *
 * <p>Formulas are the published ones, by correctly rounded square roots and divisions, so that
 * every implementation gives the same bits. With g = scale * gradient[i] for every i from at to at
 * + length; a first memory stands at slots[i], a second one at slots[weights.length + i].
 */
public interface OptimizerKernels {
  float MOMENTUM = 0.9f;
  float RMS_FORGET = 1f - 0.99f;
  float RMS_EPSILON = 1e-8f;
  float ADAGRAD_EPSILON = 1e-2f;
  float ADAM_FORGET_MEAN = 1f - 0.9f;
  float ADAM_FORGET_SQUARE = 1f - 0.999f;
  float ADAM_EPSILON = 1e-8f;

  /** w -= rate g. Modifies only weights. */
  void sgd(float[] gradient, float scale, float rate, float[] weights, int at, int length);

  /** m <- 0.9 m + g; w -= rate m. Modifies only weights and slots. */
  void momentum(
      float[] gradient,
      float scale,
      float rate,
      float[] weights,
      float[] slots,
      int at,
      int length);

  /** s += g^2; w -= rate g / (sqrt(s) + 0.01). Modifies only weights and slots. */
  void adaGrad(
      float[] gradient,
      float scale,
      float rate,
      float[] weights,
      float[] slots,
      int at,
      int length);

  /** v <- 0.99 v + 0.01 g^2; w -= rate g / (sqrt(v) + 1e-8). Modifies only weights and slots. */
  void rmsProp(
      float[] gradient,
      float scale,
      float rate,
      float[] weights,
      float[] slots,
      int at,
      int length);

  /**
   * m <- 0.9 m + 0.1 g; v <- 0.999 v + 0.001 g^2; w -= rate m / (sqrt(correction v) + 1e-8).
   * Modifies only weights and slots.
   *
   * @param rate learning rate, corrected for the bias of m
   * @param correction of the bias of v
   */
  void adam(
      float[] gradient,
      float scale,
      float rate,
      float correction,
      float[] weights,
      float[] slots,
      int at,
      int length);

  /** Limits every element to [-bound, bound]; NaN stays. Modifies only x. */
  void clamp(float[] x, float bound, int at, int length);

  /** Sum of |x[i]| in virtual lanes. */
  float magnitude(float[] x, int at, int length);
}
