package eddy.cell;

import eddy.math.Kernels;

/**
 * Gated recurrent unit, reset-after form: h' = (1 - z) n + z h with n = tanh(n_x + r n_h), n_x = W
 * x + b, n_h = U h + b' (Cho et al. 2014; the form of cuDNN).
 *
 * <p>Gates n_x, r, z, n_h in this order: the input feeds the first three, the previous output the
 * last three. The reset gate touches unit u only, so that the immediate derivative stays
 * block-diagonal.
 *
 * @param units number of units
 */
public record Gru(int units) implements Cell {
  private static final int NX = 0;
  private static final int R = 1;
  private static final int Z = 2;
  private static final int NH = 3;

  private static final CellShape SHAPE =
      new CellShape(
          1, 4, new GateRange(NX, NH), new GateRange(R, NH + 1), new GateRange(NX, NH + 1), 0, 0);

  @Override
  public String name() {
    return "gru";
  }

  @Override
  public CellShape shape() {
    return SHAPE;
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
    kernels.sigmoid(gates, R * units, 2 * units);
    for (int u = 0; u < units; u++) {
      gates[u] = Math.fma(gates[R * units + u], gates[NH * units + u], gates[u]);
    }
    kernels.tanh(gates, NX, units);
    for (int u = 0; u < units; u++) {
      float n = gates[u];
      next[u] = Math.fma(gates[Z * units + u], state[u] - n, n);
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
      float n = gates[u];
      float r = gates[R * units + u];
      float z = gates[Z * units + u];
      float byN = (1f - z) * (1f - n * n);
      out.byGate[NX * units + u] = byN;
      out.byGate[R * units + u] = byN * gates[NH * units + u] * r * (1f - r);
      out.byGate[Z * units + u] = (state[u] - n) * z * (1f - z);
      out.byGate[NH * units + u] = byN * r;
      out.byState[u] = z;
    }
  }
}
