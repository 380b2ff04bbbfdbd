package eddy.cell;

import eddy.math.Kernels;

/**
 * Elman's simple recurrent cell: h' = tanh(W x + U h + b) (Elman 1990).
 *
 * @param units number of units
 */
public record Elman(int units) implements Cell {
  private static final CellShape SHAPE = CellShape.dense(1, 1, 0);

  @Override
  public String name() {
    return "elman";
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
    System.arraycopy(gates, 0, next, 0, units);
    kernels.tanh(next, 0, units);
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
      out.byGate[u] = 1f - next[u] * next[u];
    }
  }
}
