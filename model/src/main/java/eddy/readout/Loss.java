package eddy.readout;

import eddy.math.Kernels;

/**
 * How wrong an output is, by its derivative: all that learning needs.
 *
 * <p>Stateless.
 */
public interface Loss {
  String name();

  /** Whether the outputs are one for each class rather than those of a number. */
  default boolean ofClasses() {
    return false;
  }

  /** Outputs for one number. */
  default int numberOutputs() {
    return 1;
  }

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
