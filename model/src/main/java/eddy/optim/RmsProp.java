package eddy.optim;

import eddy.math.OptimizerKernels;

/**
 * v <- 0.99 v + 0.01 g^2; w -= rate * g / (sqrt(v) + 1e-8): steps in units of each weight's recent
 * gradient (Tieleman and Hinton 2012).
 *
 * @param rate learning rate
 */
public record RmsProp(float rate) implements Optimizer {
  @Override
  public String name() {
    return "rmsprop";
  }

  @Override
  public int slotsPerWeight() {
    return 1;
  }

  @Override
  public boolean restsAtZero() {
    return false;
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
    kernels.rmsProp(gradient, update.scale, rate * update.rate, weights, slots, at, length);
  }
}
