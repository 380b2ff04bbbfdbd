package eddy.feature;

/**
 * A link that computes: from a value, and from those some events before it, another one.
 *
 * <p>A transform must commute with a lag, as {@link Chain} moves all lags to the end: it may look
 * at its input, now and before, and at nothing else.
 */
public interface Transform extends Encoder {
  /** What flows between the links of a chain. */
  enum Signal {
    /** No value at all. */
    NOTHING("no value"),
    /** A text out of an open set. */
    TEXT("a category"),
    /** Milliseconds since 1970-01-01T00:00Z. */
    TIME("a time"),
    /** A number, not yet scaled. */
    NUMBER("a number"),
    /** The index of one out of a fixed number of choices; becomes one input for each. */
    SLOT("a one-hot vector"),
    /** Sines and cosines, one input for each. */
    WAVES("sines and cosines"),
    /** The number of the one active row out of many; no input, but weights of its own. */
    ROW("a hashed row");

    private final String phrase;

    Signal(String phrase) {
      this.phrase = phrase;
    }

    /** The name of the signal in an error message. */
    String phrase() {
      return phrase;
    }
  }

  /** What a transform may look at. */
  interface Input {
    /** The value of this event; NaN where it is missing. A text is its {@link TextHash}. */
    double now();

    /**
     * The value some events before; NaN where it is missing. Before the key's first event, the
     * value of the first event.
     *
     * @param events from 1 to {@link Transform#history()}
     */
    double ago(int events);

    /** The text of this event; null where it is missing or where the field is no category. */
    String text();

    /** Number of the key's events before this one. */
    long position();

    /** The dictionary of {@link Transform#dictionarySlots()} slots. */
    Dictionary dictionary();
  }

  Signal takes();

  Signal gives();

  /** Number of the learner's inputs that one value becomes. */
  default int outputs() {
    return 1;
  }

  /** Name of one of several outputs, such as {@code slot3}. */
  default String label(int output) {
    return Integer.toString(output);
  }

  /** How many events before this one it looks at. */
  default int history() {
    return 0;
  }

  /** Rows out of which one is active, for a {@link Signal#ROW}. */
  default int rows() {
    return 0;
  }

  /**
   * For a {@link Signal#ROW}, the row before the key's first event; negative where its first event
   * answers for all before it.
   */
  default int rowBeforeFirst() {
    return -1;
  }

  /** Slots of the dictionary it needs, 0 for none. */
  default int dictionarySlots() {
    return 0;
  }

  /**
   * Computes the value of this event; NaN where it is missing.
   *
   * @param value the index alone for a {@link Signal#SLOT} or {@link Signal#ROW}, otherwise [{@link
   *     #outputs()}]; only this is modified
   */
  void apply(Input input, double[] value);

  @Override
  default Chain appendTo(Chain chain) {
    return chain.then(this);
  }
}
