package eddy.optim;

import eddy.math.OptimizerKernels;

/**
 * m <- 0.9 m + g; w -= rate * m: steps that gather speed along a lasting slope (Polyak 1964).
 *
 * @param rate learning rate
 */
public record Momentum(float rate) implements Optimizer {
  @Override
  public String name() {
    return "momentum";
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
    kernels.momentum(gradient, update.scale, rate * update.rate, weights, slots, at, length);
  }
}
