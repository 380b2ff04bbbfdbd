package eddy.learn;

/**
 * What a stored form is called where it is refused.
 *
 * @param name such as {@code task state}
 */
public record StoredForm(String name) {
  /**
   * Goes on where an expectation is met.
   *
   * @throws IncompatibleStateException where it is not, with what was found
   */
  public void expect(String expected, boolean met, String found) {
    if (!met) {
      throw new IncompatibleStateException(name + ": expected " + expected + ", found " + found);
    }
  }
}
