package eddy.cell;

import eddy.math.Kernels;
import eddy.math.RandomStream;

/**
 * LSTM with peepholes: the input and forget gates see c, the output gate sees c' (Gers and
 * Schmidhuber 2000).
 *
 * <p>Gates i, f, g, o; planes h, c; own weights p_i, p_f, p_o, zero at the start.
 *
 * @param units number of units
 * @param gates functions of the gates, and of the memory before it is shown
 */
public record LstmPeephole(int units, Gates gates) implements Cell {
  private static final int H = 0;
  private static final int C = 1;
  private static final int I = 0;
  private static final int F = 1;
  private static final int G = 2;
  private static final int O = 3;
  private static final int SPARE = 4;

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
  public void initializeBiases(ForgetBias forget, RandomStream random, float[] weights, int at) {
    forget.fill(random, 1, 1, weights, at + F * units, units);
    forget.fillInput(weights, at + F * units, at + I * units, units);
  }

  @Override
  public void activate(
      Kernels kernels,
      float[] a,
      float[] weights,
      float[] derived,
      float dt,
      float[] state,
      float[] next) {
    for (int u = 0; u < units; u++) {
      float c = state[C * units + u];
      a[I * units + u] = Math.fma(weights[PI * units + u], c, a[I * units + u]);
      a[F * units + u] = Math.fma(weights[PF * units + u], c, a[F * units + u]);
    }
    gates.sigmoid(kernels, a, I * units, 2 * units);
    gates.tanh(kernels, a, G * units, units);
    for (int u = 0; u < units; u++) {
      float memory = a[F * units + u] * state[C * units + u];
      float c = Math.fma(a[I * units + u], a[G * units + u], memory);
      next[C * units + u] = c;
      next[u] = c;
      a[O * units + u] = Math.fma(weights[PO * units + u], c, a[O * units + u]);
    }
    gates.sigmoid(kernels, a, O * units, units);
    gates.tanh(kernels, next, H, units);
    System.arraycopy(next, H, a, SPARE * units, units);
    for (int u = 0; u < units; u++) {
      next[u] *= a[O * units + u];
    }
  }

  @Override
  public void differentiate(
      float[] a,
      float[] weights,
      float[] derived,
      float dt,
      float[] state,
      float[] next,
      Derivatives out) {
    for (int u = 0; u < units; u++) {
      float i = a[I * units + u];
      float f = a[F * units + u];
      float g = a[G * units + u];
      float o = a[O * units + u];
      float c = state[C * units + u];
      float squashed = a[SPARE * units + u];
      float byO = gates.sigmoidSlope(o) * squashed;
      // the output gate carries c' into h' too
      float k = Math.fma(byO, weights[PO * units + u], o * gates.tanhSlope(squashed));
      float byI = gates.sigmoidSlope(i) * g;
      float byF = gates.sigmoidSlope(f) * c;
      float byG = i * gates.tanhSlope(g);
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
