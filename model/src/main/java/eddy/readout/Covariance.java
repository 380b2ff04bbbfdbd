package eddy.readout;

import java.util.Arrays;

/**
 * The symmetric matrix P of recursive second-order methods, in double, with its rank-one update.
 *
 * <p>Memory [F][F], then the trace. Holds scratch P f.
 */
final class Covariance {
  private final int size;
  private final double[] product;

  Covariance(int size) {
    this.size = size;
    product = new double[size];
  }

  /** Doubles of memory. */
  int length() {
    return size * size + 1;
  }

  /** P = diagonal * I. Modifies only memory. */
  void start(double diagonal, double[] memory, int at) {
    for (int i = 0; i < size; i++) {
      memory[at + i * size + i] = diagonal;
    }
    memory[at + size * size] = size * diagonal;
  }

  /**
   * P <- (P - g (P f)(P f)') / lambda with g = 1 / (noise + f' P f); not divided where the trace
   * would pass that of bound * I. Keeps P f of before for {@link #move}.
   *
   * @return g
   */
  double update(float[] f, double noise, double lambda, double bound, double[] memory, int at) {
    multiply(f, memory, at);
    double quadratic = 0;
    double squares = 0;
    for (int i = 0; i < size; i++) {
      quadratic += f[i] * product[i];
      squares += product[i] * product[i];
    }
    double gain = 1 / (noise + quadratic);
    double trace = memory[at + size * size] - gain * squares;
    double divisor = trace < lambda * bound * size ? lambda : 1;
    double factor = 1 / divisor;
    for (int i = 0; i < size; i++) {
      int row = at + i * size;
      double scaled = gain * product[i];
      if (scaled == 0 && factor == 1) {
        continue;
      }
      for (int j = 0; j < size; j++) {
        memory[row + j] = (memory[row + j] - scaled * product[j]) * factor;
      }
    }
    memory[at + size * size] = trace * factor;
    return gain;
  }

  private void multiply(float[] f, double[] memory, int at) {
    Arrays.fill(product, 0);
    for (int i = 0; i < size; i++) {
      double factor = f[i];
      if (factor == 0) {
        continue;
      }
      int row = at + i * size;
      for (int j = 0; j < size; j++) {
        product[j] += factor * memory[row + j];
      }
    }
  }

  /** weights += step * P f with the P of before the last update. Modifies only weights. */
  void move(double step, float[] weights, int at) {
    for (int i = 0; i < size; i++) {
      weights[at + i] += (float) (step * product[i]);
    }
  }
}
