package eddy.cell;

/**
 * Derivatives of one step of a cell, each unit by itself.
 *
 * <p>byGate[r][g][u] = ds'[r,u]/da[g,u], byState[r][q][u] = ds'[r,u]/ds[q,u] with the gates held
 * fixed, byOwn[r][w][u] = ds'[r,u]/d(own weight w of u).
 */
public final class Derivatives {
  public final float[] byGate;
  public final float[] byState;
  public final float[] byOwn;
  private final int gates;
  private final int planes;
  private final int own;
  private final int units;

  public Derivatives(Cell cell) {
    gates = cell.shape().gates();
    planes = cell.shape().planes();
    own = cell.shape().ownWeights();
    units = cell.units();
    byGate = new float[planes * gates * units];
    byState = new float[planes * planes * units];
    byOwn = new float[planes * own * units];
  }

  /** Numbers that one step of a cell has. */
  public static int length(Cell cell) {
    return cell.shape().planes()
        * (cell.shape().gates() + cell.shape().planes() + cell.shape().ownWeights())
        * cell.units();
  }

  /** Offset of ds'[plane, .]/da[gate, .] in {@link #byGate}. */
  public int gate(int plane, int gate) {
    return (plane * gates + gate) * units;
  }

  /** Offset of ds'[plane, .]/ds[by, .] in {@link #byState}. */
  public int state(int plane, int by) {
    return (plane * planes + by) * units;
  }

  /** Offset of ds'[plane, .]/d(own weight) in {@link #byOwn}. */
  public int own(int plane, int weight) {
    return (plane * own + weight) * units;
  }

  /**
   * Writes all numbers by plane, [planes][gates; planes; ownWeights][units]: what a plane's adjoint
   * is multiplied with stands together. Modifies only target.
   */
  public void copyTo(float[] target, int at) {
    int next = at;
    for (int r = 0; r < planes; r++) {
      next = copy(byGate, gate(r, 0), gates * units, target, next);
      next = copy(byState, state(r, 0), planes * units, target, next);
      next = copy(byOwn, own(r, 0), own * units, target, next);
    }
  }

  private static int copy(float[] source, int from, int length, float[] target, int at) {
    System.arraycopy(source, from, target, at, length);
    return at + length;
  }
}
