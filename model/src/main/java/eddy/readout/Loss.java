package eddy.readout;

import eddy.math.Kernels;

/**
 * How wrong an output is, by its derivative: all that learning needs.
 *
 * <p>Stateless.
 */
public interface Loss {
  String name();

  /**
   * Derivative of the loss by the outputs.
   *
   * @param outputs raw outputs z [count] from at
   * @param label the normalised number, or the slot of the class
   * @param adjoint dLoss/dz [count] from adjointAt, the only array that is modified
   */
  void adjoint(
      Kernels kernels,
      float[] outputs,
      int at,
      int count,
      double label,
      float[] adjoint,
      int adjointAt);
}
