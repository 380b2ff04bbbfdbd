package eddy.report;

/**
 * Losses of one key, of the rows on which what was published and persistence both had one: absolute
 * errors of a number, 0 and 1 for a class.
 *
 * @param key empty where events have none
 * @param rows of the key that were scored, since it is followed
 * @param loss sum over these rows
 * @param baselineLoss the same of persistence
 */
public record KeyScore(String key, long rows, double loss, double baselineLoss) {
  /** Rows that a skill of 0 counts for: few rows say little. */
  private static final double DOUBT = 10;

  /** Mean loss. */
  public double meanLoss() {
    return loss / rows;
  }

  /** Mean loss of persistence. */
  public double meanBaselineLoss() {
    return baselineLoss / rows;
  }

  /** Share of persistence's loss that is avoided; NaN where it has lost nothing. */
  public double skill() {
    return baselineLoss == 0 ? Double.NaN : 1 - loss / baselineLoss;
  }

  /**
   * What keys are ranked by, from -1 to 1: the difference of both losses by the larger one, drawn
   * towards 0 where rows are few. Does not depend on the key's units.
   */
  public double standing() {
    double larger = Math.max(loss, baselineLoss);
    return larger == 0 ? 0 : (baselineLoss - loss) / larger * rows / (rows + DOUBT);
  }
}
