package eddy.optim;

/**
 * m <- 0.9 m + g; w -= rate * m: steps that gather speed along a lasting slope (Polyak 1964).
 *
 * @param rate learning rate
 */
public record Momentum(float rate) implements Optimizer {
  private static final float BETA = 0.9f;

  @Override
  public String name() {
    return "momentum";
  }

  @Override
  public int slotsPerWeight() {
    return 1;
  }

  @Override
  public void update(float[] gradient, float scale, long step, float[] weights, float[] slots) {
    for (int i = 0; i < weights.length; i++) {
      float speed = Math.fma(BETA, slots[i], scale * gradient[i]);
      slots[i] = speed;
      weights[i] = Math.fma(-rate, speed, weights[i]);
    }
  }
}
