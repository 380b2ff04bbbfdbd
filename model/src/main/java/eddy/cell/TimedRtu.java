package eddy.cell;

import eddy.math.Exponential;
import eddy.math.Kernels;
import eddy.math.Trigonometry;

/**
 * Recurrent trace unit that decays and turns by time, not by event: s' = r^dt e^(i phi dt) s +
 * gamma (W_re x + i W_im x) with dt the time since the key's last event, r = exp(-exp(nu)), phi =
 * exp(theta), gamma = sqrt(1 - r^(2 dt)) ({@link Rtu} with the powers that continuous-time linear
 * recurrences have, such as those of Rubanova, Chen and Duvenaud 2019).
 *
 * <p>An input weighs by the time it covers, so that the variance of the state stays near that of
 * the input whatever the gaps, and an event at the time of the one before adds nothing. dt = 1 is
 * {@link Rtu}. Gates re, im without bias, then three that read nothing and keep r^dt cos, r^dt sin
 * and gamma for the derivatives.
 *
 * @param units number of pairs
 */
public record TimedRtu(int units) implements TracePairs {
  private static final int COS = 2;
  private static final int SIN = 3;
  private static final int GAMMA = 4;

  // derived values: the phase in two parts, since a long gap multiplies its rounding
  private static final int RATE = 0;
  private static final int PHASE = 1;
  private static final int PHASE_REST = 2;

  private static final CellShape SHAPE =
      new CellShape(2, 5, new GateRange(0, 2), GateRange.NONE, GateRange.NONE, 2, 3);

  @Override
  public String name() {
    return "rtu-time";
  }

  @Override
  public CellShape shape() {
    return SHAPE;
  }

  @Override
  public void derive(Kernels kernels, float[] weights, double[] scratch, float[] derived) {
    for (int u = 0; u < units; u++) {
      double phase = Exponential.exp(weights[units + u]);
      derived[RATE * units + u] = (float) Exponential.exp(weights[u]);
      derived[PHASE * units + u] = (float) phase;
      derived[PHASE_REST * units + u] = (float) (phase - (float) phase);
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
      double exponent = (double) derived[RATE * units + u] * dt;
      double phase = (double) derived[PHASE * units + u] + derived[PHASE_REST * units + u];
      double decay = Exponential.exp(-exponent);
      // 1 - r^(2 dt) without cancellation where it is near 0
      double square = -Exponential.expm1(-2 * exponent);
      Trigonometry.polar(decay, phase * dt, gates, COS * units + u, SIN * units + u);
      float cos = gates[COS * units + u];
      float sin = gates[SIN * units + u];
      float gamma = (float) Math.sqrt(square);
      float re = state[u];
      float im = state[units + u];
      next[u] = Math.fma(cos, re, Math.fma(-sin, im, gamma * gates[u]));
      next[units + u] = Math.fma(cos, im, Math.fma(sin, re, gamma * gates[units + u]));
      gates[GAMMA * units + u] = gamma;
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
      float cos = gates[COS * units + u];
      float sin = gates[SIN * units + u];
      float gamma = gates[GAMMA * units + u];
      // d r^dt / d nu = -exp(nu) dt r^dt
      float exponent = derived[RATE * units + u] * dt;
      float kept = Math.fma(cos, cos, sin * sin);
      float gammaByNu = gamma == 0f ? 0f : kept * exponent / gamma;
      float turn = derived[PHASE * units + u] * dt;
      TracePairs.differentiate(
          units, u, cos, sin, gamma, -exponent, gammaByNu, turn, gates, state, out);
    }
  }
}
