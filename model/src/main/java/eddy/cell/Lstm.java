package eddy.cell;

import eddy.math.Kernels;
import eddy.math.RandomStream;

/**
 * Long short-term memory (Hochreiter and Schmidhuber 1997, with the forget gate of Gers,
 * Schmidhuber and Cummins 2000): c' = f c + i g, h' = o tanh(c').
 *
 * <p>Gates i, f, g, o; planes h, c.
 *
 * @param units number of units
 * @param gates functions of the gates, and of the memory before it is shown
 */
public record Lstm(int units, Gates gates) implements Cell {
  private static final int H = 0;
  private static final int C = 1;
  private static final int I = 0;
  private static final int F = 1;
  private static final int G = 2;
  private static final int O = 3;
  private static final int SPARE = 4;

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
    gates.sigmoid(kernels, a, I * units, 2 * units);
    gates.tanh(kernels, a, G * units, units);
    gates.sigmoid(kernels, a, O * units, units);
    for (int u = 0; u < units; u++) {
      float memory = a[F * units + u] * state[C * units + u];
      next[C * units + u] = Math.fma(a[I * units + u], a[G * units + u], memory);
    }
    System.arraycopy(next, C * units, next, H, units);
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
      // kept, as h'/o loses tanh(c') where the output gate is shut
      float squashed = a[SPARE * units + u];
      float k = o * gates.tanhSlope(squashed);
      float byI = gates.sigmoidSlope(i) * g;
      float byF = gates.sigmoidSlope(f) * state[C * units + u];
      float byG = i * gates.tanhSlope(g);
      out.byGate[out.gate(C, I) + u] = byI;
      out.byGate[out.gate(C, F) + u] = byF;
      out.byGate[out.gate(C, G) + u] = byG;
      out.byGate[out.gate(H, I) + u] = k * byI;
      out.byGate[out.gate(H, F) + u] = k * byF;
      out.byGate[out.gate(H, G) + u] = k * byG;
      out.byGate[out.gate(H, O) + u] = gates.sigmoidSlope(o) * squashed;
      out.byState[out.state(C, C) + u] = f;
      out.byState[out.state(H, C) + u] = k * f;
    }
  }
}
