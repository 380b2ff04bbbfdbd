package eddy.event;

import com.fasterxml.jackson.core.io.NumberOutput;

/**
 * The shortest decimal text that reads back as the same double, the same on every JDK.
 *
 * <p>Double.toString is not: before JDK 19 it sometimes gave digits too many. Whatever Eddy writes
 * for programs, JSON or CSV, has its numbers from the same algorithm (Giulietti, Schubfach).
 */
public final class ShortestDecimal {
  private ShortestDecimal() {}

  /** The text of a number, such as {@code 0.1}, {@code 1.0E21}, {@code 4.9E-324}, {@code NaN}. */
  public static String text(double value) {
    return NumberOutput.toString(value, true);
  }

  /** The text of a single: the shortest that reads back as the same single. */
  static String textOfSingle(float value) {
    return NumberOutput.toString(value, true);
  }
}
