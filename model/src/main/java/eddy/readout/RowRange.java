package eddy.readout;

/**
 * The sparse features that a readout sees among all.
 *
 * @param first row of them
 * @param count rows
 * @param active most that are active at once
 */
public record RowRange(int first, int count, int active) {
  /** Of a readout that sees none. */
  public static final RowRange NONE = new RowRange(0, 0, 0);

  /** Whether a row is one of them; -1, which stands for none, never is. */
  boolean holds(int row) {
    return row >= first && row < first + count;
  }
}
