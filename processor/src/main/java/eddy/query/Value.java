package eddy.query;

/**
 * A number or a class.
 *
 * @param number NaN where it is none
 * @param text the class; null where it is none
 */
public record Value(double number, String text) {
  /** Neither. */
  public static final Value NONE = new Value(Double.NaN, null);

  /** A number, which may be NaN. */
  public static Value of(double number) {
    return new Value(number, null);
  }

  /** A class, which may be null. */
  public static Value of(String text) {
    return new Value(Double.NaN, text);
  }
}
