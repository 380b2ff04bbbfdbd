package eddy.readout;

import eddy.math.Alignment;
import eddy.math.DoubleKernels;
import java.util.Arrays;

/**
 * The symmetric matrix P of recursive second-order methods, in double, with its rank-one update.
 *
 * <p>Memory: Q [F][F], then c and the trace of P, with P = c Q. Forgetting changes c alone, and a
 * row of P f = 0 is left alone: features that were never seen, such as the unused slots of a
 * category, cost nothing. Holds scratch, P f among it.
 */
final class Covariance {
  /** Q is brought to c = 1 when c passes it. */
  private static final double LARGEST = 1e6;

  private final DoubleKernels kernels;
  private final int size;
  private final double[] feature;
  private final double[] product;
  private final double[] factor;
  private final float[] rounded;

  Covariance(DoubleKernels kernels, int size) {
    this.kernels = kernels;
    this.size = size;
    feature = new double[size];
    product = new double[size];
    factor = new double[size];
    rounded = new float[size];
  }

  /** Doubles of memory. */
  int length() {
    return size * size + 2;
  }

  /** P = diagonal * I. Modifies only memory. */
  void start(double diagonal, double[] memory, int at) {
    for (int i = 0; i < size; i++) {
      memory[at + i * size + i] = diagonal;
    }
    memory[at + size * size] = 1;
    memory[at + size * size + 1] = size * diagonal;
  }

  /**
   * P <- (P - g (P f)(P f)') / lambda with g = 1 / (noise + f' P f); not divided where the trace
   * would pass that of bound * I. Keeps P f of before as {@link #product}.
   *
   * @return g
   */
  double update(float[] f, double noise, double lambda, double bound, double[] memory, int at) {
    int scaleAt = at + size * size;
    double scale = memory[scaleAt];
    for (int i = 0; i < size; i++) {
      feature[i] = f[i];
      factor[i] = scale * f[i];
    }
    Arrays.fill(product, 0);
    kernels.addRows(factor, size, memory, at, size, product);
    double gain = 1 / (noise + kernels.dot(feature, product, size));
    double trace = memory[scaleAt + 1] - gain * kernels.dot(product, product, size);
    double step = -gain / scale;
    for (int i = 0; i < size; i++) {
      factor[i] = step * product[i];
      rounded[i] = (float) product[i];
    }
    kernels.addOuter(factor, size, product, size, memory, at);
    boolean forgets = trace < lambda * bound * size;
    memory[scaleAt] = forgets ? scale / lambda : scale;
    memory[scaleAt + 1] = forgets ? trace / lambda : trace;
    if (memory[scaleAt] > LARGEST) {
      normalise(memory, at);
    }
    return gain;
  }

  /** P in its own units [F][F]. */
  double[] read(double[] memory, int at) {
    double[] matrix = new double[size * size];
    for (int i = 0; i < matrix.length; i++) {
      matrix[i] = memory[at + size * size] * memory[at + i];
    }
    return matrix;
  }

  /**
   * A foreign P in the order of the own features; of a feature that is not taken over it knows
   * nothing.
   *
   * @param diagonal what P is of a feature that was never seen
   */
  double[] read(double[] foreign, int at, Alignment features, double diagonal) {
    double[] matrix = read(foreign, at);
    double[] aligned = new double[size * size];
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < size; j++) {
        boolean known = features.share(i) > 0 && features.share(j) > 0;
        double unknown = i == j ? diagonal : 0;
        aligned[i * size + j] =
            known ? matrix[features.source(i) * size + features.source(j)] : unknown;
      }
    }
    return aligned;
  }

  /** Replaces P. Modifies only memory. */
  void write(double[] matrix, double[] memory, int at) {
    System.arraycopy(matrix, 0, memory, at, size * size);
    memory[at + size * size] = 1;
    normalise(memory, at);
  }

  /** P f with the P of before the last update [F]. */
  float[] product() {
    return rounded;
  }

  private void normalise(double[] memory, int at) {
    double scale = memory[at + size * size];
    double trace = 0;
    for (int i = 0; i < size * size; i++) {
      memory[at + i] *= scale;
    }
    for (int i = 0; i < size; i++) {
      trace += memory[at + i * size + i];
    }
    memory[at + size * size] = 1;
    // what rounding has added up over many updates goes with it
    memory[at + size * size + 1] = trace;
  }
}
