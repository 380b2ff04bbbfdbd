package eddy.readout;

import eddy.math.Kernels;

/**
 * z = W f: outputs as linear functions of the features f, which end in a constant 1.
 *
 * <p>Weights [O][F], zero at the start, so that an untrained readout says 0. Immutable.
 */
public final class LinearReadout {
  private final Kernels kernels;
  private final int features;
  private final int outputs;

  public LinearReadout(Kernels kernels, int features, int outputs) {
    this.kernels = kernels;
    this.features = features;
    this.outputs = outputs;
  }

  public int parameters() {
    return outputs * features;
  }

  /** Computes all outputs [O]. Modifies only z. */
  public void outputs(float[] weights, float[] f, float[] z) {
    for (int o = 0; o < outputs; o++) {
      z[o] = kernels.dot(weights, o * features, f, 0, features);
    }
  }

  /** gradient += adjoint^T f for outputs from..from+count-1. Modifies only gradient [O][F]. */
  public void addGradient(float[] adjoint, int from, int count, float[] f, float[] gradient) {
    kernels.addOuter(adjoint, from, count, f, 0, features, gradient, from * features);
  }

  /** fAdjoint += W^T adjoint for outputs from..from+count-1. Modifies only fAdjoint [F]. */
  public void addFeatureAdjoint(
      float[] weights, float[] adjoint, int from, int count, float[] fAdjoint) {
    kernels.addRows(adjoint, from, count, weights, from * features, features, fAdjoint, 0);
  }
}
