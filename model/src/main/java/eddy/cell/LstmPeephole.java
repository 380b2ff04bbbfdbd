package eddy.cell;

import eddy.math.Elementary;
import eddy.math.Kernels;
import eddy.math.RandomStream;

/**
 * LSTM with peepholes: the input and forget gates see c, the output gate sees c' (Gers and
 * Schmidhuber 2000).
 *
 * <p>Gates i, f, g, o; planes h, c; own weights p_i, p_f, p_o, zero at the start.
 *
 * @param units number of units
 */
public record LstmPeephole(int units) implements Cell {
  private static final int H = 0;
  private static final int C = 1;
  private static final int I = 0;
  private static final int F = 1;
  private static final int G = 2;
  private static final int O = 3;

  // own weights
  private static final int PI = 0;
  private static final int PF = 1;
  private static final int PO = 2;

  private static final CellShape SHAPE = CellShape.dense(2, 4, 3);

  @Override
  public String name() {
    return "lstm-peephole";
  }

  @Override
  public CellShape shape() {
    return SHAPE;
  }

  /** The forget gate starts open, so that gradients live from the start. */
  @Override
  public float initialBias(int gate, RandomStream random) {
    return gate == F ? 1f : 0f;
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
      float c = state[C * units + u];
      gates[I * units + u] = Math.fma(weights[PI * units + u], c, gates[I * units + u]);
      gates[F * units + u] = Math.fma(weights[PF * units + u], c, gates[F * units + u]);
    }
    kernels.sigmoid(gates, I * units, 2 * units);
    kernels.tanh(gates, G * units, units);
    for (int u = 0; u < units; u++) {
      float memory = gates[F * units + u] * state[C * units + u];
      float c = Math.fma(gates[I * units + u], gates[G * units + u], memory);
      next[C * units + u] = c;
      next[u] = c;
      gates[O * units + u] = Math.fma(weights[PO * units + u], c, gates[O * units + u]);
    }
    kernels.sigmoid(gates, O * units, units);
    kernels.tanh(next, H, units);
    for (int u = 0; u < units; u++) {
      next[u] *= gates[O * units + u];
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
      float i = gates[I * units + u];
      float f = gates[F * units + u];
      float g = gates[G * units + u];
      float o = gates[O * units + u];
      float c = state[C * units + u];
      float squashed = Elementary.tanh(next[C * units + u]);
      float byO = o * (1f - o) * squashed;
      // the output gate carries c' into h' too
      float k = Math.fma(byO, weights[PO * units + u], o * (1f - squashed * squashed));
      float byI = i * (1f - i) * g;
      float byF = f * (1f - f) * c;
      float byG = i * (1f - g * g);
      float byC = Math.fma(byI, weights[u], Math.fma(byF, weights[PF * units + u], f));
      out.byGate[out.gate(C, I) + u] = byI;
      out.byGate[out.gate(C, F) + u] = byF;
      out.byGate[out.gate(C, G) + u] = byG;
      out.byGate[out.gate(H, I) + u] = k * byI;
      out.byGate[out.gate(H, F) + u] = k * byF;
      out.byGate[out.gate(H, G) + u] = k * byG;
      out.byGate[out.gate(H, O) + u] = byO;
      out.byState[out.state(C, C) + u] = byC;
      out.byState[out.state(H, C) + u] = k * byC;
      out.byOwn[out.own(C, PI) + u] = byI * c;
      out.byOwn[out.own(C, PF) + u] = byF * c;
      out.byOwn[out.own(H, PI) + u] = k * byI * c;
      out.byOwn[out.own(H, PF) + u] = k * byF * c;
      out.byOwn[out.own(H, PO) + u] = byO * next[C * units + u];
    }
  }
}
