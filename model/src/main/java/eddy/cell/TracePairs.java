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

  /**
   * The derivatives of one pair's step s' = r e^(i phi) s + gamma g. Modifies only those of unit u.
   *
   * @param cos r cos phi
   * @param sin r sin phi
   * @param byRate d log r / d nu
   * @param gammaByNu d gamma / d nu
   * @param turn d phi / d theta
   */
  static void differentiate(
      int units,
      int u,
      float cos,
      float sin,
      float gamma,
      float byRate,
      float gammaByNu,
      float turn,
      float[] gates,
      float[] state,
      Derivatives out) {
    float re = state[u];
    float im = state[units + u];
    float rotatedRe = Math.fma(cos, re, -sin * im);
    float rotatedIm = Math.fma(cos, im, sin * re);
    out.byGate[out.gate(0, 0) + u] = gamma;
    out.byGate[out.gate(1, 1) + u] = gamma;
    out.byState[out.state(0, 0) + u] = cos;
    out.byState[out.state(0, 1) + u] = -sin;
    out.byState[out.state(1, 0) + u] = sin;
    out.byState[out.state(1, 1) + u] = cos;
    out.byOwn[out.own(0, 0) + u] = Math.fma(byRate, rotatedRe, gammaByNu * gates[u]);
    out.byOwn[out.own(1, 0) + u] = Math.fma(byRate, rotatedIm, gammaByNu * gates[units + u]);
    // d e^(i phi)/d theta = i phi e^(i phi): the factor phi is often forgotten
    out.byOwn[out.own(0, 1) + u] = -turn * rotatedIm;
    out.byOwn[out.own(1, 1) + u] = turn * rotatedRe;
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
