package eddy.compare;

/** What a comparison has shown. */
public enum Verdict {
  /** No row tells the two apart. */
  THE_SAME("the same"),
  /** The whole interval of the difference lies below 0. */
  BETTER("better"),
  /** The whole interval of the difference lies above 0. */
  WORSE("worse"),
  /** The interval of the difference holds 0. */
  NOT_TOLD_APART("not told apart"),
  /** There is no interval: too few rows, or rows that depend on too many others. */
  TOO_FEW_ROWS("too few rows");

  private final String words;

  Verdict(String words) {
    this.words = words;
  }

  /** As it is told. */
  public String words() {
    return words;
  }
}
