package eddy.readout;

import eddy.math.Kernels;

/** (z - y)^2 / 2. */
public record Squared() implements Loss {
  @Override
  public String name() {
    return "squared";
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
      adjoint[adjointAt + i] = outputs[at + i] - (float) label;
    }
  }
}
