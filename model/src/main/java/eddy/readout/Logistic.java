package eddy.readout;

import eddy.math.Elementary;
import eddy.math.Kernels;

/** Cross-entropy of sigmoid(z) and a label in [0, 1]. */
public record Logistic() implements Loss {
  @Override
  public String name() {
    return "logistic";
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
      adjoint[adjointAt + i] = Elementary.sigmoid(outputs[at + i]) - (float) label;
    }
  }
}
