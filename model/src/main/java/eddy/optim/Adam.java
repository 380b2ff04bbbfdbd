package eddy.optim;

import eddy.math.OptimizerKernels;

/**
 * m <- 0.9 m + 0.1 g; v <- 0.999 v + 0.001 g^2; w -= rate * m^ / (sqrt(v^) + 1e-8) with
 * bias-corrected m^ and v^ (Kingma and Ba 2015).
 *
 * @param rate learning rate
 */
public record Adam(float rate) implements Optimizer {
  private static final double MEAN = 1 - OptimizerKernels.ADAM_FORGET_MEAN;
  private static final double SQUARE = 1 - OptimizerKernels.ADAM_FORGET_SQUARE;

  /** 0.999^40000 is below half a unit in the last place of 1. */
  private static final long CORRECTED = 40_000;

  @Override
  public String name() {
    return "adam";
  }

  @Override
  public int slotsPerWeight() {
    return 2;
  }

  @Override
  public boolean restsAtZero() {
    return false;
  }

  @Override
  public void prepare(Update update) {
    update.step = (float) (rate * update.rate / (1 - power(MEAN, update.number)));
    update.correction = (float) (1 / (1 - power(SQUARE, update.number)));
  }

  @Override
  public void update(
      OptimizerKernels kernels,
      Update update,
      float[] gradient,
      float[] weights,
      float[] slots,
      int at,
      int length) {
    kernels.adam(
        gradient, update.scale, update.step, update.correction, weights, slots, at, length);
  }

  /** By squaring: the same operations everywhere, at a fraction of the cost of pow. */
  private static double power(double base, long exponent) {
    if (exponent > CORRECTED) {
      return 0;
    }
    double result = 1;
    double square = base;
    for (long rest = exponent; rest > 0; rest >>= 1) {
      result *= (rest & 1) == 1 ? square : 1;
      square *= square;
    }
    return result;
  }
}
