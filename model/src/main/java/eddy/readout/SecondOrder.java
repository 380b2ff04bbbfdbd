package eddy.readout;

import eddy.math.Kernels;
import java.util.List;

/**
 * What second-order readouts have in common: z = W f, and a covariance for every slice.
 *
 * <p>Weights: a {@link LinearMap} for every slice, one after another, zero at the start; memory:
 * the slices' covariances, one after another.
 */
final class SecondOrder {
  final Kernels kernels;
  final Covariance covariance;
  private final Slice[] slices;
  private final LinearMap[] maps;
  private final int[] mapAt;
  private final int parameters;

  SecondOrder(Kernels kernels, int features, int dense, List<Slice> slices) {
    this.kernels = kernels;
    this.slices = slices.toArray(Slice[]::new);
    maps = new LinearMap[slices.size()];
    mapAt = new int[slices.size()];
    int at = 0;
    for (int s = 0; s < maps.length; s++) {
      maps[s] = new LinearMap(kernels, features, dense, this.slices[s].count());
      mapAt[s] = at;
      at += maps[s].length();
    }
    parameters = at;
    covariance = new Covariance(kernels.doubles(), features);
  }

  int parameters() {
    return parameters;
  }

  /** Weights that say 0, with every covariance at diagonal * I. */
  ReadoutWeights newWeights(double diagonal) {
    double[] memory = new double[slices.length * covariance.length()];
    for (int s = 0; s < slices.length; s++) {
      covariance.start(diagonal, memory, s * covariance.length());
    }
    return new ReadoutWeights(new float[parameters], new float[0], memory, SparseRows.NONE);
  }

  void outputs(ReadoutWeights weights, float[] f, float[] z) {
    for (int s = 0; s < slices.length; s++) {
      maps[s].outputs(weights.values, mapAt[s], f, z, slices[s].at());
    }
  }

  /** Which slice this is, for the methods below. */
  int number(Slice slice) {
    return Slice.number(slices, slice);
  }

  LinearMap map(int number) {
    return maps[number];
  }

  /** Where a slice's weights stand. */
  int weightsAt(int number) {
    return mapAt[number];
  }

  /** Where a slice's covariance stands in the memory. */
  int memoryAt(int number) {
    return number * covariance.length();
  }
}
