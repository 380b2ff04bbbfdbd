package eddy.feature;

import java.util.List;

/**
 * The last texts of a field, this event's included, as one active row out of many: what came
 * before, as an n-gram model sees it.
 *
 * <p>Before the key's first event its first text repeats. Without one of the texts there is no row.
 * Sequences that fall on one row are one to the learner, as in {@link Hash}.
 *
 * @param length number of texts
 * @param slots number of rows
 */
public record Context(int length, int slots) implements HashedText {
  static final int LONGEST = 1000;

  public Context {
    if (length < 1 || length > LONGEST) {
      throw new IllegalArgumentException(
          "context(n): n must lie between 1 and "
              + LONGEST
              + " but was "
              + length
              + "; write context(2) for this value and the one before");
    }
    Hash.requireSlots("context(n,slots)", slots);
  }

  static Context of(List<String> arguments) {
    Arguments given =
        new Arguments("context", "context(3) or context(3,65536)", arguments).size(1, 2);
    int slots = arguments.size() == 1 ? Hash.DEFAULT_SLOTS : given.integer(1);
    return new Context(given.integer(0), slots);
  }

  @Override
  public int history() {
    return length - 1;
  }

  @Override
  public void apply(Input input, double[] value) {
    double text = input.now();
    boolean whole = !Double.isNaN(text);
    long hash = TextHash.extend(TextHash.START, text);
    for (int events = 1; events < length; events++) {
      text = input.ago(events);
      whole &= !Double.isNaN(text);
      hash = TextHash.extend(hash, text);
    }
    value[0] = whole ? TextHash.slot(hash, slots) : Double.NaN;
  }

  @Override
  public String toString() {
    return "context(" + length + "," + slots + ")";
  }
}
