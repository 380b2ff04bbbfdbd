package eddy.cell;

import eddy.math.Kernels;
import eddy.math.RandomStream;

/**
 * Gated recurrent unit, reset-after form: h' = (1 - z) n + z h with n = tanh(n_x + r n_h), n_x = W
 * x + b, n_h = U h + b' (Cho et al. 2014; the form of cuDNN).
 *
 * <p>Gates n_x, r, z, n_h in this order: the input feeds the first three, the previous output the
 * last three. The reset gate touches unit u only, so that the immediate derivative stays
 * block-diagonal.
 *
 * @param units number of units
 * @param gates functions of the gates and the candidate
 */
public record Gru(int units, Gates gates) implements Cell {
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

  /** The update gate keeps the memory. */
  @Override
  public void initializeBiases(ForgetBias forget, RandomStream random, float[] weights, int at) {
    forget.fill(random, 0, 0, weights, at + Z * units, units);
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
    gates.sigmoid(kernels, a, R * units, 2 * units);
    for (int u = 0; u < units; u++) {
      a[u] = Math.fma(a[R * units + u], a[NH * units + u], a[u]);
    }
    gates.tanh(kernels, a, NX, units);
    for (int u = 0; u < units; u++) {
      float n = a[u];
      next[u] = Math.fma(a[Z * units + u], state[u] - n, n);
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
      float n = a[u];
      float r = a[R * units + u];
      float z = a[Z * units + u];
      float byN = (1f - z) * gates.tanhSlope(n);
      out.byGate[NX * units + u] = byN;
      out.byGate[R * units + u] = byN * a[NH * units + u] * gates.sigmoidSlope(r);
      out.byGate[Z * units + u] = (state[u] - n) * gates.sigmoidSlope(z);
      out.byGate[NH * units + u] = byN * r;
      out.byState[u] = z;
    }
  }
}
