package eddy.math;

import java.util.Arrays;

/** The steps of optimisers in plain Java. Holds scratch for reductions: one per thread. */
public final class ScalarOptimizers implements OptimizerKernels {
  private final float[] lanes = new float[Kernels.LANES];

  @Override
  public void sgd(float[] gradient, float scale, float rate, float[] weights, int at, int length) {
    float factor = -rate * scale;
    for (int i = at; i < at + length; i++) {
      weights[i] = Math.fma(factor, gradient[i], weights[i]);
    }
  }

  @Override
  public void momentum(
      float[] gradient,
      float scale,
      float rate,
      float[] weights,
      float[] slots,
      int at,
      int length) {
    for (int i = at; i < at + length; i++) {
      float speed = Math.fma(MOMENTUM, slots[i], scale * gradient[i]);
      slots[i] = speed;
      weights[i] = Math.fma(-rate, speed, weights[i]);
    }
  }

  @Override
  public void adaGrad(
      float[] gradient,
      float scale,
      float rate,
      float[] weights,
      float[] slots,
      int at,
      int length) {
    for (int i = at; i < at + length; i++) {
      float g = scale * gradient[i];
      float sum = Math.fma(g, g, slots[i]);
      slots[i] = sum;
      weights[i] -= rate * g / ((float) Math.sqrt(sum) + ADAGRAD_EPSILON);
    }
  }

  @Override
  public void rmsProp(
      float[] gradient,
      float scale,
      float rate,
      float[] weights,
      float[] slots,
      int at,
      int length) {
    for (int i = at; i < at + length; i++) {
      float g = scale * gradient[i];
      float square = Math.fma(RMS_FORGET, g * g - slots[i], slots[i]);
      slots[i] = square;
      weights[i] -= rate * g / ((float) Math.sqrt(square) + RMS_EPSILON);
    }
  }

  @Override
  public void adam(
      float[] gradient,
      float scale,
      float rate,
      float correction,
      float[] weights,
      float[] slots,
      int at,
      int length) {
    int second = weights.length;
    for (int i = at; i < at + length; i++) {
      float g = scale * gradient[i];
      float mean = Math.fma(ADAM_FORGET_MEAN, g - slots[i], slots[i]);
      float square = Math.fma(ADAM_FORGET_SQUARE, g * g - slots[second + i], slots[second + i]);
      slots[i] = mean;
      slots[second + i] = square;
      weights[i] -= rate * mean / ((float) Math.sqrt(correction * square) + ADAM_EPSILON);
    }
  }

  @Override
  public void clamp(float[] x, float bound, int at, int length) {
    for (int i = at; i < at + length; i++) {
      float low = x[i] < -bound ? -bound : x[i];
      x[i] = low > bound ? bound : low;
    }
  }

  @Override
  public float magnitude(float[] x, int at, int length) {
    Arrays.fill(lanes, 0f);
    for (int i = 0; i < length; i++) {
      lanes[i % Kernels.LANES] += Math.abs(x[at + i]);
    }
    return Kernels.sumLanes(lanes);
  }
}
