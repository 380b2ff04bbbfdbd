package eddy.compare;

/** What the predictions of one target have cost in one run, by rows and by keys. */
public final class LossLedger {
  private final LossSums sums = new LossSums();
  private final LossesByKey keys = new LossesByKey();
  private long infinite;

  /**
   * Adds what a row has cost. What is not finite is counted and left out.
   *
   * @param row from 0, of the prediction
   * @param time of the row, in milliseconds since 1970 UTC
   */
  public void add(long row, long time, String key, double loss) {
    if (!Double.isFinite(loss)) {
      infinite++;
      return;
    }
    sums.add(row, time, loss);
    keys.add(key, loss);
  }

  LossSums sums() {
    return sums;
  }

  LossesByKey keys() {
    return keys;
  }

  /** Losses that were not finite. */
  long infinite() {
    return infinite;
  }
}
