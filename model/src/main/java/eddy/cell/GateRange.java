package eddy.cell;

/**
 * A run of a cell's gates: those that read the input, the previous output, or a bias.
 *
 * @param from first gate
 * @param to one past the last gate
 */
public record GateRange(int from, int to) {
  /** No gate at all. */
  public static final GateRange NONE = new GateRange(0, 0);

  public GateRange {
    if (from < 0 || to < from) {
      throw new IllegalArgumentException("gates " + from + ".." + to + " are no range");
    }
  }

  public int count() {
    return to - from;
  }

  public boolean isEmpty() {
    return to == from;
  }
}
