package eddy.optim;

import eddy.math.OptimizerKernels;

/**
 * w -= rate * g / max(1, rate * 2 * max(|e|, 1) * |z|) with e the output error and |z| = |g| / |e|
 * the sum of the magnitudes of its slopes: a step that would carry the output past its label is
 * cut, for slopes within 1 (overshooting-bounded gradient descent; Elsayed, Vasan and Mahmood
 * 2024). Of several outputs |e| is the sum of their errors. Rates near 1 are usual.
 *
 * @param rate learning rate
 */
public record Obgd(float rate) implements Optimizer {
  private static final float KAPPA = 2f;

  @Override
  public String name() {
    return "obgd";
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
  public boolean boundsOvershoot() {
    return true;
  }

  @Override
  public void prepare(Update update) {
    float alpha = rate * update.rate;
    float slope = update.error > 0f ? update.scale * update.magnitude / update.error : 0f;
    float overshoot = alpha * KAPPA * Math.max(update.error, 1f) * slope;
    update.step = alpha / Math.max(1f, overshoot);
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
    kernels.sgd(gradient, update.scale, update.step, weights, at, length);
  }
}
