package eddy.readout;

import eddy.math.Kernels;
import eddy.math.RandomStream;
import java.util.List;

/**
 * Classes by a bounded Newton step: the curvature of softmax is taken as 0.05 f f' for every class,
 * so that one inverse P serves all outputs.
 *
 * <p>P <- P - P f f' P / (1 / 0.05 + f' P f); w_c -= P f (p_c - [c is the class]), with the P of
 * after the update. P starts at I and forgets nothing below its start. O(F^2 + F O).
 */
public final class NewtonReadout implements Readout {
  private static final double CURVATURE = 0.05;
  private static final double LAMBDA = 0.99995;
  private static final double START = 1;

  private final SecondOrder order;
  private final float[] adjoint;

  /** A readout over {@code features} features for slices of classes. */
  public NewtonReadout(Kernels kernels, int features, int outputs, List<Slice> slices) {
    order = new SecondOrder(kernels, features, outputs, slices);
    adjoint = new float[outputs];
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
    int at = slice.at();
    int count = slice.count();
    int features = order.features;
    slice.loss().adjoint(z, at, count, label, adjoint, at);
    order.kernels.addRows(
        adjoint, at, count, weights.values, at * features, features, featureAdjoint, 0);
    double gain =
        order.covariance.update(
            f, 1 / CURVATURE, LAMBDA, START, weights.memory, order.memoryAt(slice));
    // P f of after the update is that of before, times gain / 0.05
    double step = gain / CURVATURE;
    for (int o = at; o < at + count; o++) {
      order.covariance.move(-step * adjoint[o], weights.values, o * features);
    }
    return order.kernels.optimizers().magnitude(adjoint, at, count);
  }

  @Override
  public boolean update(ReadoutWeights weights, long step) {
    return true;
  }
}
