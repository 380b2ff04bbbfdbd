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
 */
public record Elstm(int units) implements Cell {
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
  public float initialBias(int gate, RandomStream random) {
    return gate == F ? (float) random.uniform(1, 3) : 0f;
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
      gates[u] = Math.fma(weights[u], state[u], gates[u]);
      gates[units + u] = Math.fma(weights[units + u], state[u], gates[units + u]);
    }
    kernels.tanh(gates, Z, units);
    kernels.sigmoid(gates, F * units, units);
    for (int u = 0; u < units; u++) {
      next[u] = Math.fma(gates[units + u], state[u] - gates[u], gates[u]);
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
      float z = gates[u];
      float f = gates[units + u];
      float c = state[u];
      float byZ = (1f - f) * (1f - z * z);
      float byF = (c - z) * f * (1f - f);
      out.byGate[u] = byZ;
      out.byGate[units + u] = byF;
      out.byOwn[u] = byZ * c;
      out.byOwn[units + u] = byF * c;
      out.byState[u] = Math.fma(byF, weights[units + u], Math.fma(byZ, weights[u], f));
    }
  }
}
