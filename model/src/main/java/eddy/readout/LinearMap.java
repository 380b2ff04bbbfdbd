package eddy.readout;

import eddy.math.Alignment;
import eddy.math.Kernels;

/**
 * Outputs z = W f of one slice, stored so that each product runs along its memory.
 *
 * <p>The first D features are dense and their adjoint is asked for: W [O][D], a row for each
 * output. The others come from inputs, most of them zero where there are categories, and nobody
 * asks for their adjoint: W [F - D][O] after it, a row for each feature, and those of zero features
 * are skipped. Of one output both are one row of F.
 */
final class LinearMap {
  final int outputs;
  private final Kernels kernels;
  private final int features;
  private final int dense;
  private final boolean oneRow;

  LinearMap(Kernels kernels, int features, int dense, int outputs) {
    this.kernels = kernels;
    this.features = features;
    this.dense = dense;
    this.outputs = outputs;
    oneRow = outputs == 1;
  }

  /** Number of weights. */
  int length() {
    return outputs * features;
  }

  /** Where the rows of features begin, relative to the weights. */
  int rowsAt() {
    return oneRow ? features : outputs * dense;
  }

  /** Number of features that have a row. */
  int rows() {
    return oneRow ? 0 : features - dense;
  }

  /** How the weights are aligned where features and outputs are. */
  Alignment align(Alignment feature, Alignment output) {
    if (oneRow) {
      return Alignment.matrix(output, feature);
    }
    return Alignment.matrix(output, feature.slice(0, dense))
        .then(Alignment.matrix(feature.slice(dense, features - dense), output));
  }

  /** Where the weight of a feature stands for an output. */
  int at(int feature, int output) {
    if (oneRow || feature < dense) {
      return output * (oneRow ? features : dense) + feature;
    }
    return rowsAt() + (feature - dense) * outputs + output;
  }

  /** z = W f. Modifies only the outputs from zAt. */
  void outputs(float[] w, int at, float[] f, float[] z, int zAt) {
    if (oneRow) {
      z[zAt] = kernels.dot(w, at, f, 0, features);
      return;
    }
    for (int o = zAt; o < zAt + outputs; o++) {
      z[o] = 0f;
    }
    kernels.addDots(w, at, outputs, dense, f, 0, z, zAt);
    kernels.addRows(f, dense, features - dense, w, at + rowsAt(), outputs, z, zAt);
  }

  /** Adds W' a to the adjoint of the dense features. Modifies only featureAdjoint [D]. */
  void addAdjoint(float[] w, int at, float[] a, int aAt, float[] featureAdjoint) {
    kernels.addProduct(1, outputs, dense, a, aAt, outputs, w, at, dense, featureAdjoint, 0, dense);
  }

  /** W += a f'. Modifies only w. */
  void addOuter(float[] a, int aAt, float[] f, float[] w, int at) {
    if (oneRow) {
      kernels.addOuter(a, aAt, 1, f, 0, features, w, at);
      return;
    }
    kernels.addOuter(a, aAt, outputs, f, 0, dense, w, at);
    kernels.addOuter(f, dense, features - dense, a, aAt, outputs, w, at + rowsAt());
  }
}
