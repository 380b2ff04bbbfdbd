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
   * Adds what each slice's foreign estimate has learned since its base, see {@link Information};
   * where rounding forbids that, takes means.
   *
   * @param diagonal what a covariance is of a feature that was never seen
   */
  void merge(
      ReadoutWeights weights,
      ReadoutWeights base,
      ReadoutWeights foreign,
      ReadoutWeights foreignBase,
      Alignment features,
      Alignment outputs,
      float share,
      double diagonal) {
    for (int s = 0; s < slices.length; s++) {
      Alignment output = outputs.slice(slices[s].at(), slices[s].count());
      boolean news = !isEqual(s, foreign, foreignBase) || !isEqual(s, base, foreignBase);
      if (!news && features.isSame() && output.isSame()) {
        continue;
      }
      Alignment unmoved = Alignment.same(features.length(), 1f);
      Information own = information(s, weights, unmoved, diagonal);
      Information ownBase = information(s, base, unmoved, diagonal);
      Information theirs = information(s, foreign, features, diagonal);
      Information theirBase = information(s, foreignBase, features, diagonal);
      if (share < 1f && Information.solve(own, ownBase, theirs, theirBase)) {
        merge(
            s,
            output,
            weights,
            base,
            foreign,
            foreignBase,
            features,
            own,
            ownBase,
            theirs,
            theirBase);
        covariance.write(own.solution(), weights.memory, memoryAt(s));
        covariance.write(ownBase.solution(), base.memory, memoryAt(s));
      } else {
        maps[s].align(features, output).mix(weights.values, foreign.values, mapAt[s]);
        double[] mine = own.covariance();
        for (int i = 0; i < mine.length; i++) {
          mine[i] = Alignment.mix(mine[i], theirs.covariance()[i], (double) share);
        }
        covariance.write(mine, weights.memory, memoryAt(s));
        int to = mapAt[s] + maps[s].length();
        System.arraycopy(weights.values, mapAt[s], base.values, mapAt[s], to - mapAt[s]);
        covariance.write(mine, base.memory, memoryAt(s));
      }
    }
  }

  private boolean isEqual(int s, ReadoutWeights one, ReadoutWeights other) {
    int at = memoryAt(s);
    int end = at + covariance.length();
    int to = mapAt[s] + maps[s].length();
    return Arrays.equals(one.memory, at, end, other.memory, at, end)
        && Arrays.equals(one.values, mapAt[s], to, other.values, mapAt[s], to);
  }

  private Information information(
      int s, ReadoutWeights weights, Alignment features, double diagonal) {
    double[] matrix = covariance.read(weights.memory, memoryAt(s), features, diagonal);
    return new Information(matrix, features.length());
  }

  private void merge(
      int s,
      Alignment outputs,
      ReadoutWeights weights,
      ReadoutWeights base,
      ReadoutWeights foreign,
      ReadoutWeights foreignBase,
      Alignment features,
      Information own,
      Information ownBase,
      Information news,
      Information newsBase) {
    Alignment here = Alignment.same(features.length(), 1f);
    for (int o = 0; o < outputs.length(); o++) {
      if (outputs.share(o) == 0f) {
        continue;
      }
      double[] there = row(s, outputs.source(o), foreign.values, features);
      if (outputs.share(o) == 1f) {
        write(s, o, there, weights.values);
        write(s, o, there, base.values);
        continue;
      }
      double[] thereBefore = row(s, outputs.source(o), foreignBase.values, features);
      double[] before = ownBase.moment(row(s, o, base.values, here));
      double[] now = own.moment(row(s, o, weights.values, here));
      double[] first = newsBase.moment(thereBefore);
      double[] last = news.moment(there);
      for (int i = 0; i < now.length; i++) {
        double move = Information.move(before[i], last[i], first[i]);
        now[i] += move;
        before[i] += move;
      }
      write(s, o, own.solve(now), weights.values);
      write(s, o, ownBase.solve(before), base.values);
    }
  }

  /** Weights of one output by the own features; 0 where the foreign side has none. */
  private double[] row(int s, int output, float[] values, Alignment features) {
    double[] row = new double[features.length()];
    for (int f = 0; f < row.length; f++) {
      if (features.share(f) > 0) {
        row[f] = values[mapAt[s] + maps[s].at(features.source(f), output)];
      }
    }
    return row;
  }

  private void write(int s, int output, double[] row, float[] values) {
    for (int f = 0; f < row.length; f++) {
      values[mapAt[s] + maps[s].at(f, output)] = (float) row[f];
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
