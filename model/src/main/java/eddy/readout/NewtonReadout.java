package eddy.readout;

import eddy.math.Alignment;
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

  /**
   * A readout over {@code features} features for slices of classes.
   *
   * @param dense first features, rarely zero, whose adjoint is asked for
   */
  public NewtonReadout(Kernels kernels, int features, int dense, List<Slice> slices) {
    order = new SecondOrder(kernels, features, dense, slices);
    adjoint = new float[slices.stream().mapToInt(Slice::count).max().orElse(0)];
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
    LinearMap map = order.map(number);
    int count = slice.count();
    slice.loss().adjoint(order.kernels, z, slice.at(), count, label, adjoint, 0);
    map.addAdjoint(weights.values, row, adjoint, 0, featureAdjoint);
    int at = order.memoryAt(number);
    double gain = order.covariance.update(f, 1 / CURVATURE, LAMBDA, START, weights.memory, at);
    float size = order.kernels.optimizers().magnitude(adjoint, 0, count);
    // P f of after the update is that of before, times gain / 0.05
    float step = (float) (-gain / CURVATURE);
    for (int o = 0; o < count; o++) {
      adjoint[o] *= step;
    }
    map.addOuter(adjoint, 0, order.covariance.product(), weights.values, row);
    return size;
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
