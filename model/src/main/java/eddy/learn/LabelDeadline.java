package eddy.learn;

/**
 * How long a prediction waits for a label that comes after no fixed count of events.
 *
 * @param events of its key that may follow before its label comes
 * @param millis of time that may pass before its label comes
 */
public record LabelDeadline(int events, long millis) {
  /** Ten thousand events, however long they take. */
  public static final LabelDeadline DEFAULT = new LabelDeadline(10_000, Long.MAX_VALUE);

  public LabelDeadline {
    if (events < 1 || millis < 1) {
      throw new IllegalArgumentException(
          "a label needs at least 1 event and 1 ms to come but has "
              + events
              + " events and "
              + millis
              + " ms");
    }
  }

  /** Whether time decides at all: it does unless it is longer than any stream. */
  public boolean isTimed() {
    return millis < DEFAULT.millis / 2;
  }
}
