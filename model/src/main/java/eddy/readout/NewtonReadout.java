package eddy.readout;

import eddy.math.Kernels;
import eddy.math.RandomStream;
import java.util.Arrays;
import java.util.List;

/**
 * Classes by a bounded Newton step: the curvature of softmax is taken as 0.05 f f' for every class,
 * an approximation of the same bound for all, so that one inverse P serves all outputs.
 *
 * <p>P <- P - P f f' P / (1 / 0.05 + f' P f); w_c -= P f (p_c - [c is the class]). P starts at I
 * and forgets nothing below its start. O(F^2 + F O).
 */
public final class NewtonReadout implements Readout {
  private static final double CURVATURE = 0.05;
  private static final double LAMBDA = 0.99995;
  private static final double START = 1;

  private final Kernels kernels;
  private final int features;
  private final Slice[] slices;
  private final int outputs;
  private final Covariance covariance;
  private final float[] adjoint;

  /** A readout over {@code features} features for slices of classes. */
  public NewtonReadout(Kernels kernels, int features, int outputs, List<Slice> slices) {
    this.kernels = kernels;
    this.features = features;
    this.outputs = outputs;
    this.slices = slices.toArray(Slice[]::new);
    covariance = new Covariance(features);
    adjoint = new float[outputs];
  }

  @Override
  public int parameters() {
    return Arrays.stream(slices).mapToInt(Slice::count).sum() * features;
  }

  @Override
  public long weightBytes() {
    return (long) outputs * features * Float.BYTES
        + (long) slices.length * covariance.length() * Double.BYTES;
  }

  @Override
  public long macsPerEvent() {
    return slices.length * 2L * features * features + 3L * parameters();
  }

  @Override
  public ReadoutWeights newWeights(RandomStream random) {
    double[] memory = new double[slices.length * covariance.length()];
    for (int s = 0; s < slices.length; s++) {
      covariance.start(START, memory, s * covariance.length());
    }
    return new ReadoutWeights(new float[outputs * features], new float[0], memory);
  }

  @Override
  public void outputs(ReadoutWeights weights, float[] f, float[] z) {
    for (Slice slice : slices) {
      for (int o = slice.at(); o < slice.at() + slice.count(); o++) {
        z[o] = kernels.dot(weights.values, o * features, f, 0, features);
      }
    }
  }

  @Override
  public void learn(
      ReadoutWeights weights,
      Slice slice,
      float[] f,
      float[] z,
      double label,
      float[] featureAdjoint) {
    int at = slice.at();
    int count = slice.count();
    slice.loss().adjoint(z, at, count, label, adjoint, at);
    kernels.addRows(adjoint, at, count, weights.values, at * features, features, featureAdjoint, 0);
    int memory = number(slice) * covariance.length();
    double gain = covariance.update(f, 1 / CURVATURE, LAMBDA, START, weights.memory, memory);
    // after the update P f is the old P f times 1 / (1 + 0.05 f' P f)
    double step = gain / CURVATURE;
    for (int o = at; o < at + count; o++) {
      covariance.move(-step * adjoint[o], weights.values, o * features);
    }
  }

  @Override
  public boolean update(ReadoutWeights weights, long step) {
    return true;
  }

  private int number(Slice slice) {
    int number = 0;
    while (slices[number].at() != slice.at()) {
      number++;
    }
    return number;
  }
}
