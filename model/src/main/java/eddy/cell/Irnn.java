package eddy.cell;

import eddy.math.Kernels;

/**
 * Rectified linear recurrent cell: h' = max(0, W x + U h + b) with U starting as the identity (Le,
 * Jaitly and Hinton 2015).
 *
 * <p>The state is unbounded; a state that leaves the range of float starts over.
 *
 * @param units number of units
 */
public record Irnn(int units) implements Cell {
  private static final CellShape SHAPE = CellShape.dense(1, 1, 0);

  @Override
  public String name() {
    return "irnn";
  }

  @Override
  public CellShape shape() {
    return SHAPE;
  }

  @Override
  public Init recurrentStart() {
    return Init.IDENTITY;
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
      next[u] = Math.max(0f, gates[u]);
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
      out.byGate[u] = next[u] > 0f ? 1f : 0f;
    }
  }
}
