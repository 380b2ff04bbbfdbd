package eddy.surprise;

/**
 * How surprising the loss of a matured prediction is; NaN where it has none.
 *
 * @param loss of a number its absolute error, of a class -ln of the probability given to the true
 *     one
 * @param probability of a loss that is at least as large, in (0, 1]
 * @param score -log10 of the probability
 */
public record Assessment(double loss, double probability, double score) {
  /** Of a prediction that has no loss. */
  public static final Assessment NONE = new Assessment(Double.NaN, Double.NaN, Double.NaN);

  /** Whether there is a loss. */
  public boolean isPresent() {
    return !Double.isNaN(loss);
  }
}
