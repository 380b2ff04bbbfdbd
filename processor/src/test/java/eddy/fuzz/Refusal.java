package eddy.fuzz;

/** Judges how a parser refuses an input. */
public final class Refusal {
  /** What nobody would read to its end, and no header or log should hold. */
  private static final int LONGEST = 16_384;

  private Refusal() {}

  /**
   * The shape of a refusal: equal where messages differ in numbers alone, never 0.
   *
   * @throws AssertionError where the message says nothing, or far too much
   */
  public static int shape(String message) {
    if (message == null || message.isBlank()) {
      throw new AssertionError("refused without a word");
    }
    if (message.length() > LONGEST) {
      throw new AssertionError("refused with " + message.length() + " characters");
    }
    int shape = 1;
    int shown = Math.min(message.length(), 80);
    for (int i = 0; i < shown; i++) {
      char c = message.charAt(i);
      shape = Character.isDigit(c) ? shape : 31 * shape + c;
    }
    return shape == 0 ? 1 : shape;
  }
}
