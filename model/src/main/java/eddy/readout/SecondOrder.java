package eddy.readout;

import eddy.math.Kernels;
import java.util.Arrays;
import java.util.List;

/**
 * What second-order readouts have in common: z = W f, and a covariance for every slice.
 *
 * <p>Weights [O][F], zero at the start; memory: the slices' covariances, one after another.
 */
final class SecondOrder {
  final Kernels kernels;
  final int features;
  final Covariance covariance;
  private final int outputs;
  private final Slice[] slices;

  SecondOrder(Kernels kernels, int features, int outputs, List<Slice> slices) {
    this.kernels = kernels;
    this.features = features;
    this.outputs = outputs;
    this.slices = slices.toArray(Slice[]::new);
    covariance = new Covariance(features);
  }

  int parameters() {
    return Arrays.stream(slices).mapToInt(Slice::count).sum() * features;
  }

  /** Weights that say 0, with every covariance at diagonal * I. */
  ReadoutWeights newWeights(double diagonal) {
    double[] memory = new double[slices.length * covariance.length()];
    for (int s = 0; s < slices.length; s++) {
      covariance.start(diagonal, memory, s * covariance.length());
    }
    return new ReadoutWeights(new float[outputs * features], new float[0], memory, SparseRows.NONE);
  }

  void outputs(ReadoutWeights weights, float[] f, float[] z) {
    for (Slice slice : slices) {
      for (int o = slice.at(); o < slice.at() + slice.count(); o++) {
        z[o] = kernels.dot(weights.values, o * features, f, 0, features);
      }
    }
  }

  /** Where a slice's covariance stands in the memory. */
  int memoryAt(Slice slice) {
    int number = 0;
    while (slices[number].at() != slice.at()) {
      number++;
    }
    return number * covariance.length();
  }
}
