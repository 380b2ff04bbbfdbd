package eddy.optim;

/**
 * m <- 0.9 m + 0.1 g; v <- 0.999 v + 0.001 g^2; w -= rate * m^ / (sqrt(v^) + 1e-8) with
 * bias-corrected m^ and v^ (Kingma and Ba 2015).
 *
 * @param rate learning rate
 */
public record Adam(float rate) implements Optimizer {
  private static final float BETA1 = 0.9f;
  private static final float BETA2 = 0.999f;
  private static final float EPSILON = 1e-8f;

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
  public void update(float[] gradient, float scale, long step, float[] weights, float[] slots) {
    double first = step > CORRECTED ? 1 : 1 - StrictMath.pow(BETA1, step);
    double second = step > CORRECTED ? 1 : 1 - StrictMath.pow(BETA2, step);
    float factor = (float) (-rate / first);
    float correction = (float) (1 / second);
    int v = weights.length;
    for (int i = 0; i < weights.length; i++) {
      float g = scale * gradient[i];
      float mean = Math.fma(1f - BETA1, g - slots[i], slots[i]);
      float square = Math.fma(1f - BETA2, g * g - slots[v + i], slots[v + i]);
      slots[i] = mean;
      slots[v + i] = square;
      weights[i] += factor * mean / ((float) Math.sqrt(correction * square) + EPSILON);
    }
  }
}
