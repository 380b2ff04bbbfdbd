package eddy.readout;

import eddy.math.Kernels;

/** Cross-entropy of softmax(z) and one true class. */
public record Softmax() implements Loss {
  @Override
  public String name() {
    return "softmax";
  }

  @Override
  public boolean ofClasses() {
    return true;
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
    kernels.softmax(outputs, at, count, adjoint, adjointAt);
    adjoint[adjointAt + (int) label] -= 1f;
  }
}
