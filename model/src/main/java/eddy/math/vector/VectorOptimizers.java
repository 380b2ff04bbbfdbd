package eddy.math.vector;

import eddy.math.Kernels;
import eddy.math.OptimizerKernels;
import eddy.math.ScalarOptimizers;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The steps of optimisers on vectors; what is left of a range goes to the scalar twin. Holds
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
      FloatVector square = forget(RMS_FORGET, g.mul(g), slots, i);
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
      FloatVector mean = forget(ADAM_FORGET_MEAN, g, slots, i);
      FloatVector square = forget(ADAM_FORGET_SQUARE, g.mul(g), slots, second + i);
      FloatVector root = square.mul(correction).sqrt().add(ADAM_EPSILON);
      FloatVector weight = FloatVector.fromArray(SPECIES, weights, i);
      weight.sub(mean.mul(rate).div(root)).intoArray(weights, i);
    }
    scalar.adam(gradient, scale, rate, correction, weights, slots, i, at + length - i);
  }

  /** memory += share (news - memory). Modifies only memory. */
  private static FloatVector forget(float share, FloatVector news, float[] memory, int at) {
    FloatVector before = FloatVector.fromArray(SPECIES, memory, at);
    FloatVector after = news.sub(before).fma(FloatVector.broadcast(SPECIES, share), before);
    after.intoArray(memory, at);
    return after;
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
    for (int lane = 0; lane < Kernels.LANES; lane += WIDTH) {
      magnitudeOfLanes(x, at + lane, whole, lane);
    }
    for (int i = whole; i < length; i++) {
      lanes[i - whole] += Math.abs(x[at + i]);
    }
    return Kernels.sumLanes(lanes);
  }

  private void magnitudeOfLanes(float[] x, int at, int length, int lane) {
    FloatVector sum = FloatVector.zero(SPECIES);
    for (int i = 0; i < length; i += Kernels.LANES) {
      sum = sum.add(FloatVector.fromArray(SPECIES, x, at + i).abs());
    }
    sum.intoArray(lanes, lane);
  }
}
