package eddy.feature;

import java.util.List;

/**
 * A text as one active row out of many, without a dictionary: the row is the text's hash, so texts
 * that nobody has foreseen need no slot of their own.
 *
 * <p>Texts that fall on one row are one text to the learner. Of m texts over n rows a share of
 * about 1 - exp(-m / n) has to share its row; see {@link TextHash}.
 *
 * @param slots number of rows
 */
public record Hash(int slots) implements HashedText {
  public static final int DEFAULT_SLOTS = 65_536;
  public static final int FEWEST_SLOTS = 2;
  public static final int MOST_SLOTS = 1 << 24;

  public Hash {
    requireSlots("hash(slots)", slots);
  }

  static Hash of(List<String> arguments) {
    Arguments given = new Arguments("hash", "hash or hash(65536)", arguments).size(0, 1);
    return new Hash(given.isEmpty() ? DEFAULT_SLOTS : given.integer(0));
  }

  static void requireSlots(String form, int slots) {
    if (slots < FEWEST_SLOTS || slots > MOST_SLOTS) {
      throw new IllegalArgumentException(
          form
              + ": slots must lie between "
              + FEWEST_SLOTS
              + " and "
              + MOST_SLOTS
              + " but was "
              + slots
              + "; leave it out for "
              + DEFAULT_SLOTS);
    }
  }

  @Override
  public void apply(Input input, double[] value) {
    double text = input.now();
    value[0] =
        Double.isNaN(text)
            ? Double.NaN
            : TextHash.slot(TextHash.extend(TextHash.START, text), slots);
  }

  @Override
  public String toString() {
    return "hash(" + slots + ")";
  }
}
