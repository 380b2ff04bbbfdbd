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
  /** All matrices uniform with variance 2 / (rows + columns) (Glorot and Bengio 2010). */
  GLOROT;

  /**
   * Fills input weights, uniform with variance 1 / inputs unless by Glorot: sparse inputs such as
   * one-hots keep their scale by the readout seeing them too. Modifies only target.
   */
  void input(RandomStream random, int inputs, int units, float[] target, int at, int end) {
    double bound =
        this == GLOROT ? StrictMath.sqrt(6.0 / (inputs + units)) : StrictMath.sqrt(3.0 / inputs);
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
