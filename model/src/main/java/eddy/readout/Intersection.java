package eddy.readout;

import eddy.math.Alignment;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;

/**
 * Two estimates of the same weights made one by what each knows: P^-1 = (1 - s) P1^-1 + s P2^-1 and
 * P^-1 w = (1 - s) P1^-1 w1 + s P2^-1 w2 (covariance intersection; Julier and Uhlmann 1997).
 *
 * <p>P stays positive definite and never claims more than a mean of both, so that what both have
 * learned from each other before is not counted twice. O(F^3), in double, in a fixed order.
 */
final class Intersection {
  private final int size;
  private final double share;
  private final DMatrixRMaj own;
  private final DMatrixRMaj foreign;
  private DMatrixRMaj ownInformation;
  private DMatrixRMaj foreignInformation;
  private DMatrixRMaj joint;

  /** Of two covariances, the foreign one in the order of the own. They are not modified. */
  Intersection(double[] own, double[] foreign, int size, double share) {
    this.size = size;
    this.share = share;
    this.own = new DMatrixRMaj(size, size);
    this.own.setData(own);
    this.foreign = new DMatrixRMaj(size, size);
    this.foreign.setData(foreign);
  }

  /** Computes the joint covariance; false where rounding has left one that is not positive. */
  boolean solve() {
    ownInformation = inverse(own);
    foreignInformation = inverse(foreign);
    if (ownInformation == null || foreignInformation == null) {
      return false;
    }
    DMatrixRMaj information = new DMatrixRMaj(size, size);
    for (int i = 0; i < size * size; i++) {
      information.data[i] =
          Alignment.mix(ownInformation.data[i], foreignInformation.data[i], share);
    }
    joint = inverse(information);
    return joint != null;
  }

  /** Symmetric in every bit; null where the matrix is not positive definite. */
  private DMatrixRMaj inverse(DMatrixRMaj matrix) {
    DMatrixRMaj symmetric = new DMatrixRMaj(size, size);
    symmetrize(matrix.data, symmetric.data);
    LinearSolverDense<DMatrixRMaj> solver = LinearSolverFactory_DDRM.symmPosDef(size);
    if (!solver.setA(symmetric)) {
      return null;
    }
    DMatrixRMaj inverse = new DMatrixRMaj(size, size);
    solver.invert(inverse);
    symmetrize(inverse.data, symmetric.data);
    for (double value : symmetric.data) {
      if (!Double.isFinite(value)) {
        return null;
      }
    }
    return symmetric;
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

  /** The joint covariance [F][F]. */
  double[] covariance() {
    return joint.data;
  }

  /** The joint weights of one output. Modifies only result [F]. */
  void weights(double[] mine, double[] theirs, double[] result) {
    double[] moment = new double[size];
    for (int i = 0; i < size; i++) {
      double fromMine = 0;
      double fromTheirs = 0;
      for (int j = 0; j < size; j++) {
        fromMine = Math.fma(ownInformation.data[i * size + j], mine[j], fromMine);
        fromTheirs = Math.fma(foreignInformation.data[i * size + j], theirs[j], fromTheirs);
      }
      moment[i] = Alignment.mix(fromMine, fromTheirs, share);
    }
    for (int i = 0; i < size; i++) {
      double sum = 0;
      for (int j = 0; j < size; j++) {
        sum = Math.fma(joint.data[i * size + j], moment[j], sum);
      }
      result[i] = sum;
    }
  }
}
