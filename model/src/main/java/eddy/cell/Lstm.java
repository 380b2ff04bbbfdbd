package eddy.cell;

import eddy.math.Elementary;
import eddy.math.Kernels;
import eddy.math.RandomStream;

/**
 * Long short-term memory (Hochreiter and Schmidhuber 1997, with the forget gate of Gers,
 * Schmidhuber and Cummins 2000): c' = f c + i g, h' = o tanh(c').
 *
 * <p>Gates i, f, g, o; planes h, c.
 *
 * @param units number of units
 */
public record Lstm(int units) implements Cell {
  private static final int H = 0;
  private static final int C = 1;
  private static final int I = 0;
  private static final int F = 1;
  private static final int G = 2;
  private static final int O = 3;

  private static final CellShape SHAPE = CellShape.dense(2, 4, 0);

  @Override
  public String name() {
    return "lstm";
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
    kernels.sigmoid(gates, I * units, 2 * units);
    kernels.tanh(gates, G * units, units);
    kernels.sigmoid(gates, O * units, units);
    for (int u = 0; u < units; u++) {
      float memory = gates[F * units + u] * state[C * units + u];
      next[C * units + u] = Math.fma(gates[I * units + u], gates[G * units + u], memory);
    }
    System.arraycopy(next, C * units, next, H, units);
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
      // tanh(c') from its polynomial, as h'/o loses it where the output gate is shut
      float squashed = Elementary.tanh(next[C * units + u]);
      float k = o * (1f - squashed * squashed);
      float byI = i * (1f - i) * g;
      float byF = f * (1f - f) * state[C * units + u];
      float byG = i * (1f - g * g);
      out.byGate[out.gate(C, I) + u] = byI;
      out.byGate[out.gate(C, F) + u] = byF;
      out.byGate[out.gate(C, G) + u] = byG;
      out.byGate[out.gate(H, I) + u] = k * byI;
      out.byGate[out.gate(H, F) + u] = k * byF;
      out.byGate[out.gate(H, G) + u] = k * byG;
      out.byGate[out.gate(H, O) + u] = o * (1f - o) * squashed;
      out.byState[out.state(C, C) + u] = f;
      out.byState[out.state(H, C) + u] = k * f;
    }
  }
}
