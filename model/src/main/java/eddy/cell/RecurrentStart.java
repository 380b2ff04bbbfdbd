package eddy.cell;

import eddy.math.RandomStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.QRDecomposition;

/** Starting values of recurrent matrices. */
final class RecurrentStart {
  private RecurrentStart() {}

  /**
   * A random orthogonal matrix [units][units], by the QR decomposition of a normal one (Saxe,
   * McClelland and Ganguli 2014). Modifies only target.
   *
   * @param at offset of element (0, 0)
   * @param stride distance of two rows
   */
  static void orthogonal(RandomStream random, int units, float[] target, int at, int stride) {
    DMatrixRMaj normal = new DMatrixRMaj(units, units);
    for (int i = 0; i < units * units; i++) {
      normal.data[i] = random.nextGaussian();
    }
    QRDecomposition<DMatrixRMaj> qr = DecompositionFactory_DDRM.qr(units, units);
    if (!qr.decompose(normal)) {
      throw new IllegalStateException("no QR decomposition of a random " + units + "-matrix");
    }
    DMatrixRMaj q = qr.getQ(null, true);
    for (int row = 0; row < units; row++) {
      for (int column = 0; column < units; column++) {
        target[at + row * stride + column] = (float) q.get(row, column);
      }
    }
  }

  /** The identity [units][units]. Modifies only target, which is zero there. */
  static void identity(int units, float[] target, int at, int stride) {
    for (int u = 0; u < units; u++) {
      target[at + u * stride + u] = 1f;
    }
  }
}
