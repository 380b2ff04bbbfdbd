package eddy.optim;

import eddy.math.OptimizerKernels;

/**
 * w -= rate * g.
 *
 * @param rate learning rate
 */
public record Sgd(float rate) implements Optimizer {
  @Override
  public String name() {
    return "sgd";
  }

  @Override
  public int slotsPerWeight() {
    return 0;
  }

  @Override
  public boolean restsAtZero() {
    return true;
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
    kernels.sgd(gradient, update.scale, rate * update.rate, weights, at, length);
  }
}
