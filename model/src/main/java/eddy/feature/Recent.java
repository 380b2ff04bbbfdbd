package eddy.feature;

/**
 * The last texts of a field, this event's included, as one active row out of many, as {@link
 * Context}; but texts before the key's first event, and texts that are missing, are marks of their
 * own, so that there always is a row.
 *
 * <p>Written by no one: {@link CategoryContexts} makes it of named categories.
 *
 * @param length number of texts
 * @param slots number of rows
 */
record Recent(int length, int slots) implements HashedText {
  /** Hashes of texts are not negative. */
  private static final double BEFORE = -1;

  private static final double MISSING = -2;

  @Override
  public int history() {
    return length - 1;
  }

  @Override
  public int rowBeforeFirst() {
    long hash = TextHash.START;
    for (int events = 0; events < length; events++) {
      hash = TextHash.extend(hash, BEFORE);
    }
    return TextHash.slot(hash, slots);
  }

  @Override
  public void apply(Input input, double[] value) {
    long hash = TextHash.extend(TextHash.START, known(input.now()));
    for (int events = 1; events < length; events++) {
      double text = events > input.position() ? BEFORE : known(input.ago(events));
      hash = TextHash.extend(hash, text);
    }
    value[0] = TextHash.slot(hash, slots);
  }

  private static double known(double text) {
    return Double.isNaN(text) ? MISSING : text;
  }

  @Override
  public String toString() {
    return "recent(" + length + "," + slots + ")";
  }
}
