package eddy.cell;

import eddy.math.RandomStream;

/** How the matrices of a recurrence start. */
public enum Init {
  /** As the cell's authors say: mostly orthogonal, the identity for rectified units. */
  AUTO,
  /** Recurrent matrices random and orthogonal (Saxe, McClelland and Ganguli 2014). */
  ORTHOGONAL,
  /** Recurrent matrices the identity (Le, Jaitly and Hinton 2015). */
  IDENTITY,
  /** All matrices uniform with variance 2 / (inputs + outputs) (Glorot and Bengio 2010). */
  GLOROT;

  /**
   * Fills input weights, uniform with variance 1 / power unless by Glorot, so that gates start with
   * variance 1 whatever their inputs. Modifies only target.
   *
   * @param power mean sum of the inputs' squares
   */
  void input(RandomStream random, double power, int units, float[] target, int at, int end) {
    double bound = StrictMath.sqrt(this == GLOROT ? 6 / (power + units) : 3 / power);
    for (int i = at; i < end; i++) {
      target[i] = (float) random.uniform(-bound, bound);
    }
  }

  /**
   * Fills a recurrent matrix [units][units], which is zero. Modifies only target.
   *
   * @param automatic what {@link #AUTO} stands for
   * @param stride distance of two rows
   */
  void recurrent(
      Init automatic, RandomStream random, int units, float[] target, int at, int stride) {
    Init kind = this == AUTO ? automatic : this;
    if (kind == ORTHOGONAL) {
      RecurrentStart.orthogonal(random, units, target, at, stride);
    } else if (kind == IDENTITY) {
      RecurrentStart.identity(units, target, at, stride);
    } else {
      for (int row = 0; row < units; row++) {
        int from = at + row * stride;
        kind.input(random, units, units, target, from, from + units);
      }
    }
  }

  /** Throws IllegalArgumentException where a cell has no matrix to start so. */
  void requireMatrix(String cell, boolean hasOne) {
    if (!hasOne && (this == ORTHOGONAL || this == IDENTITY)) {
      throw new IllegalArgumentException(
          "cell " + cell + " has no recurrent matrix; write auto or glorot");
    }
  }
}
