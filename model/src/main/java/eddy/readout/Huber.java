package eddy.readout;

import eddy.math.Kernels;

/**
 * Squared within an error of {@value #BOUND}, linear beyond (Huber 1964): one spike moves the
 * weights no more than an error of half a running size of the changes does.
 */
public record Huber() implements Loss {
  /** Errors of good predictions are about half as large as the changes that they predict. */
  static final float BOUND = 0.5f;

  @Override
  public String name() {
    return "huber";
  }

  @Override
  public void adjoint(
      Kernels kernels,
      float[] outputs,
      int at,
      int count,
      double label,
      float[] adjoint,
      int adjointAt) {
    for (int i = 0; i < count; i++) {
      float error = outputs[at + i] - (float) label;
      adjoint[adjointAt + i] = Math.max(-BOUND, Math.min(BOUND, error));
    }
  }
}
