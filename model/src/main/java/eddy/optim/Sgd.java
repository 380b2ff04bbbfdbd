package eddy.optim;

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
  public void update(float[] gradient, float scale, long step, float[] weights, float[] slots) {
    float factor = -rate * scale;
    for (int i = 0; i < weights.length; i++) {
      weights[i] = Math.fma(factor, gradient[i], weights[i]);
    }
  }
}
