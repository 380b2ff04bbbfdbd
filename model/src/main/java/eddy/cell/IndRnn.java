package eddy.cell;

import eddy.math.Kernels;
import eddy.math.RandomStream;

/**
 * Independently recurrent cell: h' = max(0, W x + u h + b), each unit with one recurrent weight of
 * its own (Li, Li, Cook, Zhu and Gao 2018).
 *
 * <p>|u| counts as at most 1, so that no unit amplifies itself; the derivative by u passes through
 * the bound, so that a weight beyond it can come back.
 *
 * @param units number of units
 */
public record IndRnn(int units) implements Cell {
  private static final CellShape SHAPE = CellShape.elementWise(1, 1);

  @Override
  public String name() {
    return "indrnn";
  }

  @Override
  public CellShape shape() {
    return SHAPE;
  }

  /** Uniform in (0, 1): memories of all lengths. */
  @Override
  public void initializeOwn(RandomStream random, float[] weights) {
    for (int u = 0; u < units; u++) {
      weights[u] = (float) random.nextDouble();
    }
  }

  private static float bounded(float u) {
    return Math.max(-1f, Math.min(1f, u));
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
      next[u] = Math.max(0f, Math.fma(bounded(weights[u]), state[u], gates[u]));
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
      float open = next[u] > 0f ? 1f : 0f;
      out.byGate[u] = open;
      out.byState[u] = open * bounded(weights[u]);
      out.byOwn[u] = open * state[u];
    }
  }
}
