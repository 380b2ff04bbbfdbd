package eddy.feature;

import java.util.List;

/**
 * One input for each text that a field has held, as far as there are slots; the last slot stands
 * for all further texts. See {@link Dictionary}.
 *
 * @param slots number of inputs
 */
public record Category(int slots) implements Transform {
  public static final int DEFAULT_SLOTS = 64;

  public Category() {
    this(DEFAULT_SLOTS);
  }

  public Category {
    if (slots < Dictionary.FEWEST_SLOTS || slots > Dictionary.MOST_SLOTS) {
      throw new IllegalArgumentException(
          "category(slots): slots must lie between "
              + Dictionary.FEWEST_SLOTS
              + " and "
              + Dictionary.MOST_SLOTS
              + " but was "
              + slots
              + "; write category for "
              + DEFAULT_SLOTS);
    }
  }

  static Category of(List<String> arguments) {
    Arguments given = new Arguments("category", "category or category(64)", arguments).size(0, 1);
    return given.isEmpty() ? new Category() : new Category(given.integer(0));
  }

  @Override
  public Signal takes() {
    return Signal.TEXT;
  }

  @Override
  public Signal gives() {
    return Signal.SLOT;
  }

  @Override
  public int outputs() {
    return slots;
  }

  @Override
  public String label(int output) {
    return "slot" + output;
  }

  @Override
  public int dictionarySlots() {
    return slots;
  }

  @Override
  public void apply(Input input, double[] value) {
    String text = input.text();
    value[0] = text == null ? Double.NaN : input.dictionary().slotOf(text);
  }

  @Override
  public String toString() {
    return "category(" + slots + ")";
  }
}
