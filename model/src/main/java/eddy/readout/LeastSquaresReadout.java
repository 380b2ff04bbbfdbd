package eddy.readout;

import eddy.math.Kernels;
import eddy.math.RandomStream;
import java.util.List;

/**
 * Recursive least squares: numbers by the weights that would have been best for all labels so far,
 * forgotten at .9999 a label (Haykin 2002, chapter 10).
 *
 * <p>Each slice has a covariance P [F][F], at first 0.1 I. With e = goal - w f: a label counts 1 /
 * |e| where |e| > 1 (Huber's weight), k = P f / (lambda / weight + f' P f), w += k e, P <- (P - k
 * (P f)') / lambda. P is not divided while its trace is at its start, so that directions without
 * news cannot blow up. The error is that of today's weights at the features of the origin. O(F^2).
 */
public final class LeastSquaresReadout implements Readout {
  private static final double LAMBDA = 0.9999;
  private static final double START = 0.1;

  private final Kernels kernels;
  private final int features;
  private final Slice[] slices;
  private final int outputs;
  private final Covariance covariance;

  /** A readout over {@code features} features for slices of one output each. */
  public LeastSquaresReadout(Kernels kernels, int features, int outputs, List<Slice> slices) {
    this.kernels = kernels;
    this.features = features;
    this.outputs = outputs;
    this.slices = slices.toArray(Slice[]::new);
    covariance = new Covariance(features);
  }

  @Override
  public int parameters() {
    return slices.length * features;
  }

  @Override
  public long weightBytes() {
    return (long) outputs * features * Float.BYTES
        + (long) slices.length * covariance.length() * Double.BYTES;
  }

  @Override
  public long macsPerEvent() {
    return slices.length * (2L * features * features + 3L * features);
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
      z[slice.at()] = kernels.dot(weights.values, slice.at() * features, f, 0, features);
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
    int row = slice.at() * features;
    double error = label - kernels.dot(weights.values, row, f, 0, features);
    double weight = Math.min(1, 1 / Math.abs(error));
    // the cells see the error as Huber's loss does
    float adjoint = (float) -Math.max(-1, Math.min(1, error));
    for (int i = 0; i < features; i++) {
      featureAdjoint[i] = Math.fma(adjoint, weights.values[row + i], featureAdjoint[i]);
    }
    int at = number(slice) * covariance.length();
    double gain = covariance.update(f, LAMBDA / weight, LAMBDA, START, weights.memory, at);
    covariance.move(gain * error, weights.values, row);
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
