package eddy.readout;

import java.util.Arrays;

/**
 * The symmetric matrix P of recursive second-order methods, in double, with its rank-one update.
 *
 * <p>Memory: Q [F][F], then c and the trace of P, with P = c Q. Forgetting changes c alone, and a
 * row of P f = 0 is left alone: features that were never seen, such as the unused slots of a
 * category, cost nothing. Holds scratch P f.
 */
final class Covariance {
  /** Q is brought to c = 1 when c passes it. */
  private static final double LARGEST = 1e6;

  private final int size;
  private final double[] product;

  Covariance(int size) {
    this.size = size;
    product = new double[size];
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
   * would pass that of bound * I. Keeps P f of before for {@link #move}.
   *
   * @return g
   */
  double update(float[] f, double noise, double lambda, double bound, double[] memory, int at) {
    int scaleAt = at + size * size;
    double scale = memory[scaleAt];
    multiply(f, scale, memory, at);
    double quadratic = 0;
    double squares = 0;
    for (int i = 0; i < size; i++) {
      quadratic += f[i] * product[i];
      squares += product[i] * product[i];
    }
    double gain = 1 / (noise + quadratic);
    double trace = memory[scaleAt + 1] - gain * squares;
    for (int i = 0; i < size; i++) {
      if (product[i] != 0) {
        int row = at + i * size;
        double step = gain / scale * product[i];
        for (int j = 0; j < size; j++) {
          memory[row + j] -= step * product[j];
        }
      }
    }
    boolean forgets = trace < lambda * bound * size;
    memory[scaleAt] = forgets ? scale / lambda : scale;
    memory[scaleAt + 1] = forgets ? trace / lambda : trace;
    if (memory[scaleAt] > LARGEST) {
      normalise(memory, at);
    }
    return gain;
  }

  /** product = P f. */
  private void multiply(float[] f, double scale, double[] memory, int at) {
    Arrays.fill(product, 0);
    for (int i = 0; i < size; i++) {
      double factor = scale * f[i];
      if (factor != 0) {
        int row = at + i * size;
        for (int j = 0; j < size; j++) {
          product[j] += factor * memory[row + j];
        }
      }
    }
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

  /** weights += step * P f with the P of before the last update. Modifies only weights. */
  void move(double step, float[] weights, int at) {
    for (int i = 0; i < size; i++) {
      weights[at + i] += (float) (step * product[i]);
    }
  }
}
