package eddy.readout;

import eddy.math.Alignment;
import eddy.math.Kernels;
import java.util.Arrays;
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

  /**
   * Joins the estimates of every slice by what each side knows, see {@link Intersection}; where
   * rounding forbids that, by plain means.
   *
   * @param diagonal what a covariance is of a feature that was never seen
   */
  void merge(
      ReadoutWeights weights,
      ReadoutWeights foreign,
      Alignment features,
      Alignment outputs,
      float share,
      double diagonal) {
    for (int s = 0; s < slices.length; s++) {
      Alignment own = outputs.slice(slices[s].at(), slices[s].count());
      merge(s, weights, foreign, features, own, share, diagonal);
    }
  }

  private void merge(
      int s,
      ReadoutWeights weights,
      ReadoutWeights foreign,
      Alignment features,
      Alignment output,
      float share,
      double diagonal) {
    if (isEqual(s, weights, foreign) && features.isSame() && output.isSame()) {
      return;
    }
    int at = memoryAt(s);
    double[] mine = covariance.read(weights.memory, at);
    double[] theirs = covariance.read(foreign.memory, at, features, diagonal);
    Intersection joint = new Intersection(mine, theirs, features.length(), share);
    if (share < 1f && joint.solve()) {
      for (int o = 0; o < output.length(); o++) {
        merge(s, o, joint, weights.values, foreign.values, features, output);
      }
      covariance.write(joint.covariance(), weights.memory, at);
    } else {
      maps[s].align(features, output).mix(weights.values, foreign.values, mapAt[s]);
      for (int i = 0; i < mine.length; i++) {
        mine[i] = Alignment.mix(mine[i], theirs[i], (double) share);
      }
      covariance.write(mine, weights.memory, at);
    }
  }

  private boolean isEqual(int s, ReadoutWeights weights, ReadoutWeights foreign) {
    int at = memoryAt(s);
    int end = at + covariance.length();
    int to = mapAt[s] + maps[s].length();
    return Arrays.equals(weights.memory, at, end, foreign.memory, at, end)
        && Arrays.equals(weights.values, mapAt[s], to, foreign.values, mapAt[s], to);
  }

  private void merge(
      int s,
      int output,
      Intersection joint,
      float[] values,
      float[] foreign,
      Alignment features,
      Alignment outputs) {
    int size = features.length();
    double[] mine = new double[size];
    double[] theirs = new double[size];
    for (int f = 0; f < size; f++) {
      mine[f] = values[mapAt[s] + maps[s].at(f, output)];
      if (features.share(f) > 0) {
        int there = maps[s].at(features.source(f), outputs.source(output));
        theirs[f] = foreign[mapAt[s] + there];
      }
    }
    double[] result = new double[size];
    boolean first = outputs.share(output) == 1f;
    joint.weights(first ? theirs : mine, theirs, result);
    for (int f = 0; f < size && outputs.share(output) > 0; f++) {
      values[mapAt[s] + maps[s].at(f, output)] = (float) result[f];
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
