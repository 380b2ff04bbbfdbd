package eddy.readout;

import eddy.math.Kernels;

/**
 * Squared within an error of 1, linear beyond (Huber 1964): one spike moves the weights no more
 * than an error of one standard deviation does.
 */
public record Huber() implements Loss {
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
      adjoint[adjointAt + i] = Math.max(-1f, Math.min(1f, error));
    }
  }
}
