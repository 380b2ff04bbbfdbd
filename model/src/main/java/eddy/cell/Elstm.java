package eddy.cell;

import eddy.math.Kernels;
import eddy.math.RandomStream;

/**
 * Element-wise LSTM: z = tanh(W_z x + v_z c + b_z), f = sigmoid(W_f x + v_f c + b_f), c' = f c + (1
 * - f) z (Irie, Gopalakrishnan and Schmidhuber 2024).
 *
 * <p>Gates z, f; own weights v_z, v_f. |c| stays within 1 from a start at 0.
 *
 * @param units number of units
 * @param gates functions of the gates
 */
public record Elstm(int units, Gates gates) implements Cell {
  private static final int Z = 0;
  private static final int F = 1;

  private static final CellShape SHAPE = CellShape.elementWise(2, 2);

  @Override
  public String name() {
    return "elstm";
  }

  @Override
  public CellShape shape() {
    return SHAPE;
  }

  @Override
  public void initializeOwn(RandomStream random, float[] weights) {
    for (int i = 0; i < 2 * units; i++) {
      weights[i] = (float) random.uniform(-0.5, 0.5);
    }
  }

  /** Forget biases spread over 1 to 3: memories of 3 to 20 events at the start. */
  @Override
  public void initializeBiases(ForgetBias forget, RandomStream random, float[] weights, int at) {
    forget.fill(random, 1, 3, weights, at + F * units, units);
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
      a[u] = Math.fma(weights[u], state[u], a[u]);
      a[units + u] = Math.fma(weights[units + u], state[u], a[units + u]);
    }
    gates.tanh(kernels, a, Z, units);
    gates.sigmoid(kernels, a, F * units, units);
    for (int u = 0; u < units; u++) {
      next[u] = Math.fma(a[units + u], state[u] - a[u], a[u]);
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
      float z = a[u];
      float f = a[units + u];
      float c = state[u];
      float byZ = (1f - f) * gates.tanhSlope(z);
      float byF = (c - z) * gates.sigmoidSlope(f);
      out.byGate[u] = byZ;
      out.byGate[units + u] = byF;
      out.byOwn[u] = byZ * c;
      out.byOwn[units + u] = byF * c;
      out.byState[u] = Math.fma(byF, weights[units + u], Math.fma(byZ, weights[u], f));
    }
  }
}
