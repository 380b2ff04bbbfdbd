package eddy.cell;

import eddy.math.DoubleKernels;
import eddy.math.Kernels;

/**
 * Recurrent trace unit: a linear rotation in complex pairs, s' = r e^(i phi) s + gamma (W_re x + i
 * W_im x) with r = exp(-exp(nu)), phi = exp(theta), gamma = sqrt(1 - r^2) (Elelimy, White, Bowling
 * and White 2024).
 *
 * <p>Gates re, im without bias; planes re, im; own weights nu, theta. The readout sees tanh of both
 * planes. r stays below 1 by its form, and gamma keeps the variance of the state near that of the
 * input.
 *
 * @param units number of pairs
 */
public record Rtu(int units) implements TracePairs {
  // derived values, each [units], computed in double: slowly decaying units need the precision
  private static final int COS = 0;
  private static final int SIN = 1;
  private static final int GAMMA = 2;
  private static final int R_BY_NU = 3;
  private static final int GAMMA_BY_NU = 4;
  private static final int PHASE = 5;
  private static final int DERIVED = 6;

  private static final CellShape SHAPE =
      new CellShape(2, 2, new GateRange(0, 2), GateRange.NONE, GateRange.NONE, 2, DERIVED);

  @Override
  public String name() {
    return "rtu";
  }

  @Override
  public CellShape shape() {
    return SHAPE;
  }

  /** Renews r cos phi, r sin phi, gamma and the factors of their derivatives. */
  @Override
  public void derive(Kernels kernels, float[] weights, double[] scratch, float[] derived) {
    for (int i = 0; i < 2 * units; i++) {
      scratch[i] = weights[i];
    }
    DoubleKernels doubles = kernels.doubles();
    // rates exp(nu), then phases exp(theta)
    doubles.exp(scratch, 0, scratch, 0, 2 * units);
    int phases = units;
    int losses = 2 * units;
    int radii = 3 * units;
    for (int u = 0; u < units; u++) {
      scratch[losses + u] = -scratch[u];
    }
    // r - 1, so that 1 - r^2 loses nothing where r is near 1
    doubles.expm1(scratch, losses, scratch, losses, units);
    for (int u = 0; u < units; u++) {
      scratch[radii + u] = 1 + scratch[losses + u];
    }
    doubles.polar(scratch, radii, scratch, phases, derived, COS * units, SIN * units, units);
    for (int u = 0; u < units; u++) {
      double rate = scratch[u];
      double loss = scratch[losses + u];
      double r = scratch[radii + u];
      double gamma = Math.sqrt(-loss * (2 + loss));
      derived[GAMMA * units + u] = (float) gamma;
      // dr/dnu = -exp(nu) r, so the rotation's derivative is -exp(nu) times itself
      derived[R_BY_NU * units + u] = (float) -rate;
      derived[GAMMA_BY_NU * units + u] = gamma == 0 ? 0f : (float) (r * r * rate / gamma);
      derived[PHASE * units + u] = (float) scratch[phases + u];
    }
  }

  @Override
  public void activate(
      Kernels kernels,
      float[] gates,
      float[] weights,
      float[] derived,
      float dt,
      float[] state,
      float[] next) {
    for (int u = 0; u < units; u++) {
      float cos = derived[COS * units + u];
      float sin = derived[SIN * units + u];
      float gamma = derived[GAMMA * units + u];
      float re = state[u];
      float im = state[units + u];
      next[u] = Math.fma(cos, re, Math.fma(-sin, im, gamma * gates[u]));
      next[units + u] = Math.fma(cos, im, Math.fma(sin, re, gamma * gates[units + u]));
    }
  }

  @Override
  public void differentiate(
      float[] gates,
      float[] weights,
      float[] derived,
      float dt,
      float[] state,
      float[] next,
      Derivatives out) {
    for (int u = 0; u < units; u++) {
      float cos = derived[COS * units + u];
      float sin = derived[SIN * units + u];
      float gamma = derived[GAMMA * units + u];
      float byRate = derived[R_BY_NU * units + u];
      float gammaByNu = derived[GAMMA_BY_NU * units + u];
      float phase = derived[PHASE * units + u];
      TracePairs.differentiate(
          units, u, cos, sin, gamma, byRate, gammaByNu, phase, gates, state, out);
    }
  }
}
