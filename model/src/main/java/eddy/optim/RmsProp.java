package eddy.optim;

/**
 * v <- 0.99 v + 0.01 g^2; w -= rate * g / (sqrt(v) + 1e-8): steps in units of each weight's recent
 * gradient (Tieleman and Hinton 2012).
 *
 * @param rate learning rate
 */
public record RmsProp(float rate) implements Optimizer {
  private static final float DECAY = 0.99f;
  private static final float EPSILON = 1e-8f;

  @Override
  public String name() {
    return "rmsprop";
  }

  @Override
  public int slotsPerWeight() {
    return 1;
  }

  @Override
  public void update(float[] gradient, float scale, long step, float[] weights, float[] slots) {
    for (int i = 0; i < weights.length; i++) {
      float g = scale * gradient[i];
      float square = Math.fma(1f - DECAY, g * g - slots[i], slots[i]);
      slots[i] = square;
      weights[i] -= rate * g / ((float) Math.sqrt(square) + EPSILON);
    }
  }
}
