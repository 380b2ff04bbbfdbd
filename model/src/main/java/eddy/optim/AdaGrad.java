package eddy.optim;

import eddy.math.OptimizerKernels;

/**
 * s += g^2; w -= rate * g / (sqrt(s) + 0.01): steps that shrink for weights that move often (Duchi,
 * Hazan and Singer 2011).
 *
 * @param rate learning rate
 */
public record AdaGrad(float rate) implements Optimizer {
  @Override
  public String name() {
    return "adagrad";
  }

  @Override
  public int slotsPerWeight() {
    return 1;
  }

  @Override
  public boolean restsAtZero() {
    return true;
  }

  @Override
  public boolean accumulates() {
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
    kernels.adaGrad(gradient, update.scale, rate * update.rate, weights, slots, at, length);
  }
}
