package eddy.readout;

import eddy.math.Alignment;
import eddy.math.Kernels;
import eddy.math.RandomStream;
import java.util.List;

/**
 * Recursive least squares: numbers by the weights that would have been best for all labels so far,
 * forgotten at .9999 a label (Haykin 2002, chapter 10).
 *
 * <p>Each slice has a covariance P [F][F], at first 0.1 I. With e = label - w f: a label counts 0.5
 * / |e| where |e| > 0.5 (Huber's weight), k = P f / (lambda / weight + f' P f), w += k e, P <- (P -
 * k (P f)') / lambda. P is not divided while its trace is at its start, so that directions without
 * news cannot blow up. The error is that of today's weights at the features of the origin. O(F^2).
 */
public final class LeastSquaresReadout implements Readout {
  private static final double LAMBDA = 0.9999;
  private static final double START = 0.1;

  private final SecondOrder order;
  private final float[] output = new float[1];
  private final float[] step = new float[1];

  /**
   * A readout over {@code features} features for slices of one output each.
   *
   * @param dense first features, rarely zero, whose adjoint is asked for
   */
  public LeastSquaresReadout(Kernels kernels, int features, int dense, List<Slice> slices) {
    order = new SecondOrder(kernels, features, dense, slices);
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
    int number = order.number(slice);
    int row = order.weightsAt(number);
    order.map(number).outputs(weights.values, row, f, output, 0);
    double error = label - output[0];
    double weight = Math.min(1, Huber.BOUND / Math.abs(error));
    // the cells see the error as Huber's loss does
    output[0] = (float) -Math.max(-Huber.BOUND, Math.min(Huber.BOUND, error));
    order.map(number).addAdjoint(weights.values, row, output, 0, featureAdjoint);
    int at = order.memoryAt(number);
    double gain = order.covariance.update(f, LAMBDA / weight, LAMBDA, START, weights.memory, at);
    step[0] = (float) (gain * error);
    order.map(number).addOuter(step, 0, order.covariance.product(), weights.values, row);
    return Math.abs(output[0]);
  }

  @Override
  public void merge(
      ReadoutWeights weights,
      ReadoutWeights base,
      ReadoutWeights foreign,
      ReadoutWeights foreignBase,
      Alignment features,
      Alignment outputs,
      float share) {
    order.merge(weights, base, foreign, foreignBase, features, outputs, share, START);
  }

  @Override
  public boolean update(ReadoutWeights weights, long step) {
    return true;
  }
}
