package eddy.readout;

import eddy.math.Kernels;
import eddy.math.RandomStream;
import java.util.List;

/**
 * Recursive least squares: numbers by the weights that would have been best for all labels so far,
 * forgotten at .9999 a label (Haykin 2002, chapter 10).
 *
 * <p>Each slice has a covariance P [F][F], at first 0.1 I. With e = label - w f: a label counts 1 /
 * |e| where |e| > 1 (Huber's weight), k = P f / (lambda / weight + f' P f), w += k e, P <- (P - k
 * (P f)') / lambda. P is not divided while its trace is at its start, so that directions without
 * news cannot blow up. The error is that of today's weights at the features of the origin. O(F^2).
 */
public final class LeastSquaresReadout implements Readout {
  private static final double LAMBDA = 0.9999;
  private static final double START = 0.1;

  private final SecondOrder order;

  /** A readout over {@code features} features for slices of one output each. */
  public LeastSquaresReadout(Kernels kernels, int features, int outputs, List<Slice> slices) {
    order = new SecondOrder(kernels, features, outputs, slices);
  }

  @Override
  public int parameters() {
    return order.parameters();
  }

  @Override
  public ReadoutWeights newWeights(RandomStream random) {
    return order.newWeights(START);
  }

  @Override
  public void outputs(ReadoutWeights weights, float[] f, int[] rows, float[] z) {
    order.outputs(weights, f, z);
  }

  @Override
  public float learn(
      ReadoutWeights weights,
      Slice slice,
      float[] f,
      int[] rows,
      float[] z,
      double label,
      float[] featureAdjoint) {
    int row = slice.at() * order.features;
    double error = label - order.kernels.dot(weights.values, row, f, 0, order.features);
    double weight = Math.min(1, 1 / Math.abs(error));
    // the cells see the error as Huber's loss does
    float adjoint = (float) -Math.max(-1, Math.min(1, error));
    for (int i = 0; i < order.features; i++) {
      featureAdjoint[i] = Math.fma(adjoint, weights.values[row + i], featureAdjoint[i]);
    }
    double gain =
        order.covariance.update(
            f, LAMBDA / weight, LAMBDA, START, weights.memory, order.memoryAt(slice));
    order.covariance.move(gain * error, weights.values, row);
    return Math.abs(adjoint);
  }

  @Override
  public boolean update(ReadoutWeights weights, long step) {
    return true;
  }
}
