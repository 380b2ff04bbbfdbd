package eddy.compare;

/** What a prediction costs once its label is known. Less is better. */
public enum Loss {
  /** Distance of a number from its label, in the field's own units. */
  ABSOLUTE_ERROR("absolute_error", "absolute error"),
  /** Minus the binary logarithm of the probability given to the true class. */
  LOG_LOSS_BITS("log_loss_bits", "log loss in bits"),
  /** 0 where the class was right, 1 where it was not. */
  ERROR("error", "share of errors");

  private final String field;
  private final String words;

  Loss(String field, String words) {
    this.field = field;
    this.words = words;
  }

  /** Its name in files. */
  public String field() {
    return field;
  }

  /** Its name in sentences. */
  public String words() {
    return words;
  }
}
