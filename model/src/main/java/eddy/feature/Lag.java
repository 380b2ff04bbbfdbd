package eddy.feature;

import java.util.List;

/**
 * The values some events ago, one feature for each number of events.
 *
 * <p>Before the key's first event it repeats the first value; of a field that is a label of the
 * same event, there is no value then.
 *
 * @param from the least number of events back
 * @param to the greatest number of events back
 */
public record Lag(int from, int to) implements Encoder {
  /** Most events back, of all lags of a chain together. */
  public static final int LARGEST = 100_000;

  public Lag {
    if (from < 1 || to > LARGEST) {
      throw new IllegalArgumentException(
          form(from, to)
              + ": the events back must lie between 1 and "
              + LARGEST
              + " but were "
              + (from < 1 ? from : to)
              + "; write lag(1) for the previous event");
    }
    if (from > to) {
      throw new IllegalArgumentException(
          form(from, to) + ": a range must not end before it starts; write " + form(to, from));
    }
  }

  static Lag of(List<String> arguments) {
    Arguments given = new Arguments("lag", "lag(1) or lag(1..23)", arguments).size(1, 1);
    String text = given.text(0);
    int dots = text.indexOf("..");
    if (dots < 0) {
      int events = given.integer(text);
      return new Lag(events, events);
    }
    return new Lag(given.integer(text.substring(0, dots)), given.integer(text.substring(dots + 2)));
  }

  @Override
  public Chain appendTo(Chain chain) {
    return chain.lagged(from, to);
  }

  @Override
  public String toString() {
    return form(from, to);
  }

  private static String form(int from, int to) {
    return "lag(" + (from == to ? "" + from : from + ".." + to) + ")";
  }
}
