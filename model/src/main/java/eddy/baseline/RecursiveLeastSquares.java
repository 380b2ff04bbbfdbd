package eddy.baseline;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.mult.VectorVectorMult_DDRM;

/**
 * Linear least squares, one row at a time, with old rows forgotten (Plackett 1950; Haykin, Adaptive
 * Filter Theory, chapter on RLS): of all weights w it has those that minimise
 *
 * <p>sum_i lambda^(n-i) (y_i - w' x_i)^2 + lambda^n |w|^2 / p0.
 *
 * <p>P, the inverse of the weighted x x', stays symmetric by construction, and bounded: it is not
 * divided by lambda while its trace is above that of p0 I, so that directions that are not excited
 * do not wind up. O(n^2) a row.
 */
final class RecursiveLeastSquares {
  private final int inputs;
  private final double lambda;
  private final double start;
  private final DMatrixRMaj p;
  private final DMatrixRMaj weights;
  private final DMatrixRMaj x;
  private final DMatrixRMaj px;

  /**
   * All weights 0.
   *
   * @param lambda factor by which a row's share falls with each later one, in (0, 1]
   * @param start of P's diagonal, the inverse of the penalty on weights
   */
  RecursiveLeastSquares(int inputs, double lambda, double start) {
    this.inputs = inputs;
    this.lambda = lambda;
    this.start = start;
    p = CommonOps_DDRM.identity(inputs);
    CommonOps_DDRM.scale(start, p);
    weights = new DMatrixRMaj(inputs, 1);
    x = new DMatrixRMaj(inputs, 1);
    px = new DMatrixRMaj(inputs, 1);
  }

  /** w' x. */
  double predict(double[] row) {
    System.arraycopy(row, 0, x.data, 0, inputs);
    return VectorVectorMult_DDRM.innerProd(weights, x);
  }

  /** Takes in a row. Modifies only this. */
  void learn(double[] row, double label) {
    double error = label - predict(row);
    CommonOps_DDRM.mult(p, x, px);
    double gain = 1 / (lambda + VectorVectorMult_DDRM.innerProd(x, px));
    CommonOps_DDRM.addEquals(weights, gain * error, px);
    // P - g (P x)(P x)' by v = sqrt(g) P x: v v' is symmetric in every bit
    CommonOps_DDRM.scale(Math.sqrt(gain), px);
    VectorVectorMult_DDRM.rank1Update(-1, p, px, px);
    if (CommonOps_DDRM.trace(p) <= lambda * start * inputs) {
      CommonOps_DDRM.divide(p, lambda);
    }
  }

  /** Forgets the weights from an input on, as if they had never been learned. */
  void forget(int from) {
    for (int i = from; i < inputs; i++) {
      weights.set(i, 0, 0);
      for (int j = 0; j < inputs; j++) {
        p.set(i, j, 0);
        p.set(j, i, 0);
      }
      p.set(i, i, start);
    }
  }

  double weight(int input) {
    return weights.get(input);
  }
}
