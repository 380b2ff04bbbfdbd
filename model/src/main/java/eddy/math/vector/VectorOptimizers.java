package eddy.math.vector;

import eddy.math.Kernels;
import eddy.math.OptimizerKernels;
import eddy.math.ScalarOptimizers;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The steps of optimisers on vectors; what is left of a range goes to the scalar twin. No method
 * here returns a vector: where C2 has inlined deeply already it would not inline that one. Holds
 * scratch for reductions: one per thread.
 */
final class VectorOptimizers implements OptimizerKernels {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int WIDTH = SPECIES.length();

  private final ScalarOptimizers scalar = new ScalarOptimizers();
  private final float[] lanes = new float[Kernels.LANES];

  @Override
  public void sgd(float[] gradient, float scale, float rate, float[] weights, int at, int length) {
    int i = at;
    for (; i <= at + length - WIDTH; i += WIDTH) {
      FloatVector factor = FloatVector.broadcast(SPECIES, -rate * scale);
      FloatVector weight = FloatVector.fromArray(SPECIES, weights, i);
      factor.fma(FloatVector.fromArray(SPECIES, gradient, i), weight).intoArray(weights, i);
    }
    scalar.sgd(gradient, scale, rate, weights, i, at + length - i);
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
    int i = at;
    for (; i <= at + length - WIDTH; i += WIDTH) {
      FloatVector g = FloatVector.fromArray(SPECIES, gradient, i).mul(scale);
      FloatVector speed = FloatVector.broadcast(SPECIES, MOMENTUM);
      speed = speed.fma(FloatVector.fromArray(SPECIES, slots, i), g);
      speed.intoArray(slots, i);
      FloatVector weight = FloatVector.fromArray(SPECIES, weights, i);
      FloatVector.broadcast(SPECIES, -rate).fma(speed, weight).intoArray(weights, i);
    }
    scalar.momentum(gradient, scale, rate, weights, slots, i, at + length - i);
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
    int i = at;
    for (; i <= at + length - WIDTH; i += WIDTH) {
      FloatVector g = FloatVector.fromArray(SPECIES, gradient, i).mul(scale);
      FloatVector sum = g.fma(g, FloatVector.fromArray(SPECIES, slots, i));
      sum.intoArray(slots, i);
      FloatVector step = g.mul(rate).div(sum.sqrt().add(ADAGRAD_EPSILON));
      FloatVector.fromArray(SPECIES, weights, i).sub(step).intoArray(weights, i);
    }
    scalar.adaGrad(gradient, scale, rate, weights, slots, i, at + length - i);
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
    int i = at;
    for (; i <= at + length - WIDTH; i += WIDTH) {
      FloatVector g = FloatVector.fromArray(SPECIES, gradient, i).mul(scale);
      FloatVector square = FloatVector.fromArray(SPECIES, slots, i);
      FloatVector forget = FloatVector.broadcast(SPECIES, RMS_FORGET);
      square = g.mul(g).sub(square).fma(forget, square);
      square.intoArray(slots, i);
      FloatVector step = g.mul(rate).div(square.sqrt().add(RMS_EPSILON));
      FloatVector.fromArray(SPECIES, weights, i).sub(step).intoArray(weights, i);
    }
    scalar.rmsProp(gradient, scale, rate, weights, slots, i, at + length - i);
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
    int i = at;
    for (; i <= at + length - WIDTH; i += WIDTH) {
      FloatVector g = FloatVector.fromArray(SPECIES, gradient, i).mul(scale);
      FloatVector mean = FloatVector.fromArray(SPECIES, slots, i);
      FloatVector square = FloatVector.fromArray(SPECIES, slots, second + i);
      mean = g.sub(mean).fma(FloatVector.broadcast(SPECIES, ADAM_FORGET_MEAN), mean);
      FloatVector forget = FloatVector.broadcast(SPECIES, ADAM_FORGET_SQUARE);
      square = g.mul(g).sub(square).fma(forget, square);
      mean.intoArray(slots, i);
      square.intoArray(slots, second + i);
      FloatVector root = square.mul(correction).sqrt().add(ADAM_EPSILON);
      FloatVector weight = FloatVector.fromArray(SPECIES, weights, i);
      weight.sub(mean.mul(rate).div(root)).intoArray(weights, i);
    }
    scalar.adam(gradient, scale, rate, correction, weights, slots, i, at + length - i);
  }

  @Override
  public void clamp(float[] x, float bound, int at, int length) {
    int i = at;
    for (; i <= at + length - WIDTH; i += WIDTH) {
      FloatVector value = FloatVector.fromArray(SPECIES, x, i);
      FloatVector low = value.blend(-bound, value.compare(VectorOperators.LT, -bound));
      low.blend(bound, low.compare(VectorOperators.GT, bound)).intoArray(x, i);
    }
    scalar.clamp(x, bound, i, at + length - i);
  }

  @Override
  public float magnitude(float[] x, int at, int length) {
    int whole = length - length % Kernels.LANES;
    Arrays.fill(lanes, 0f);
    for (int lane = 0; lane < Kernels.LANES && whole > 0; lane += WIDTH) {
      magnitudeOfLanes(x, at + lane, whole, lane);
    }
    for (int i = whole; i < length; i++) {
      lanes[i - whole] += Math.abs(x[at + i]);
    }
    return Kernels.sumLanes(lanes);
  }

  private void magnitudeOfLanes(float[] x, int at, int length, int lane) {
    FloatVector sum = FloatVector.zero(SPECIES);
    int i = 0;
    do {
      sum = sum.add(FloatVector.fromArray(SPECIES, x, at + i).abs());
      i += Kernels.LANES;
    } while (i < length);
    sum.intoArray(lanes, lane);
  }
}
