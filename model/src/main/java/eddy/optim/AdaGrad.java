package eddy.optim;

/**
 * s += g^2; w -= rate * g / (sqrt(s) + 0.01): steps that shrink for weights that move often (Duchi,
 * Hazan and Singer 2011).
 *
 * @param rate learning rate
 */
public record AdaGrad(float rate) implements Optimizer {
  private static final float EPSILON = 1e-2f;

  @Override
  public String name() {
    return "adagrad";
  }

  @Override
  public int slotsPerWeight() {
    return 1;
  }

  @Override
  public void update(float[] gradient, float scale, long step, float[] weights, float[] slots) {
    for (int i = 0; i < weights.length; i++) {
      float g = scale * gradient[i];
      float sum = Math.fma(g, g, slots[i]);
      slots[i] = sum;
      weights[i] -= rate * g / ((float) Math.sqrt(sum) + EPSILON);
    }
  }
}
