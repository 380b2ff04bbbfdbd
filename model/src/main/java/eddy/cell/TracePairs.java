package eddy.cell;

import eddy.math.Elementary;
import eddy.math.Kernels;
import eddy.math.RandomStream;

/**
 * What recurrent trace units have in common: planes re, im of a complex state, own weights nu,
 * theta of its decay r = exp(-exp(nu)) and its rotation phi = exp(theta), and a readout that sees
 * tanh of both planes.
 */
interface TracePairs extends Cell {
  @Override
  default int outputs() {
    return 2 * units();
  }

  /** r^2 uniform in (0, 1), phases uniform in (0, 2 pi). */
  @Override
  default void initializeOwn(RandomStream random, float[] weights) {
    for (int u = 0; u < units(); u++) {
      // 1 - nextDouble() lies in (0, 1]; the bounds keep both logarithms finite
      double square = 1e-6 + (1 - 2e-6) * random.nextDouble();
      weights[u] = (float) StrictMath.log(-0.5 * StrictMath.log(square));
      weights[units() + u] = (float) StrictMath.log(2 * Math.PI * (1 - random.nextDouble()));
    }
  }

  @Override
  default void output(Kernels kernels, float[] state, float[] output, int at) {
    System.arraycopy(state, 0, output, at, outputs());
    kernels.tanh(output, at, outputs());
  }

  @Override
  default float outputSlope(float state) {
    float squashed = Elementary.tanh(state);
    return 1f - squashed * squashed;
  }

  @Override
  default void addOutputAdjoint(float[] output, float[] adjoint, int at, float[] stateAdjoint) {
    int outputs = outputs();
    for (int i = 0; i < outputs; i++) {
      float squashed = output[at + i];
      stateAdjoint[i] = Math.fma(adjoint[at + i], 1f - squashed * squashed, stateAdjoint[i]);
    }
  }
}
