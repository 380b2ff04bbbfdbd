package eddy.readout;

import eddy.math.Alignment;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;

/**
 * What a second-order readout knows, in the form in which labels add up: the inverse A of its
 * covariance, and moments A w.
 *
 * <p>Learners of disjoint data whose news are added know what one learner of all data does. O(F^3)
 * to make, in double and in a fixed order.
 */
final class Information {
  private final int size;
  private final double[] covariance;
  private double[] inverse;
  private double[] solution;

  /** Of a covariance [F][F], which is not modified. */
  Information(double[] covariance, int size) {
    this.covariance = covariance;
    this.size = size;
    inverse = invert(covariance);
  }

  /**
   * Adds what the news know beyond their base to own and to its base, as {@link Alignment#advance}
   * does. Modifies only own and base.
   *
   * @return false where rounding, or too much forgetting, leaves no positive definite matrix, and
   *     nothing was changed
   */
  static boolean solve(Information own, Information base, Information news, Information newsBase) {
    if (own.inverse == null
        || base.inverse == null
        || news.inverse == null
        || newsBase.inverse == null) {
      return false;
    }
    double[] joint = own.inverse.clone();
    double[] jointBase = base.inverse.clone();
    for (int i = 0; i < joint.length; i++) {
      double move = move(base.inverse[i], news.inverse[i], newsBase.inverse[i]);
      joint[i] += move;
      jointBase[i] += move;
    }
    double[] solved = own.invert(joint);
    double[] solvedBase = own.invert(jointBase);
    if (solved == null || solvedBase == null) {
      return false;
    }
    own.solution = solved;
    base.solution = solvedBase;
    return true;
  }

  /** What an entry moves by. */
  static double move(double base, double news, double newsBase) {
    return Math.fma((double) Alignment.PULL, newsBase - base, news - newsBase);
  }

  double[] covariance() {
    return covariance;
  }

  /** The covariance after news were added. */
  double[] solution() {
    return solution;
  }

  /** A w of before news were added. */
  double[] moment(double[] weights) {
    return product(inverse, weights);
  }

  /** The weights that a moment stands for after news were added. */
  double[] solve(double[] moment) {
    return product(solution, moment);
  }

  private double[] product(double[] matrix, double[] vector) {
    double[] result = new double[size];
    for (int i = 0; i < size; i++) {
      double sum = 0;
      for (int j = 0; j < size; j++) {
        sum = Math.fma(matrix[i * size + j], vector[j], sum);
      }
      result[i] = sum;
    }
    return result;
  }

  /** Symmetric in every bit; null where the matrix is not positive definite. */
  private double[] invert(double[] matrix) {
    DMatrixRMaj symmetric = new DMatrixRMaj(size, size);
    symmetrize(matrix, symmetric.data);
    LinearSolverDense<DMatrixRMaj> solver = LinearSolverFactory_DDRM.symmPosDef(size);
    if (!solver.setA(symmetric)) {
      return null;
    }
    DMatrixRMaj result = new DMatrixRMaj(size, size);
    solver.invert(result);
    symmetrize(result.data, symmetric.data);
    for (double value : symmetric.data) {
      if (!Double.isFinite(value)) {
        return null;
      }
    }
    return symmetric.data;
  }

  private void symmetrize(double[] from, double[] to) {
    for (int i = 0; i < size; i++) {
      for (int j = 0; j <= i; j++) {
        double mean = 0.5 * (from[i * size + j] + from[j * size + i]);
        to[i * size + j] = mean;
        to[j * size + i] = mean;
      }
    }
  }
}
