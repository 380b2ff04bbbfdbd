package eddy.compare;

/**
 * In how many cases one of two had less loss.
 *
 * @param won cases in which it had less than the base
 * @param lost cases in which it had more
 * @param tied cases in which both had the same
 */
public record Tally(long won, long lost, long tied) {
  public Tally {
    if (won < 0 || lost < 0 || tied < 0) {
      throw new IllegalArgumentException(
          "a tally counts from 0 but was " + won + ", " + lost + ", " + tied);
    }
  }

  /** All cases. */
  public long all() {
    return won + lost + tied;
  }

  /** Share of the cases won, ties half; NaN without cases. */
  public double share() {
    return all() == 0 ? Double.NaN : (won + 0.5 * tied) / all();
  }
}
