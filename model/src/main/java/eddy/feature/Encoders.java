package eddy.feature;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The encoders that a configuration may name. */
public final class Encoders {
  private static final Map<String, Function<List<String>, Encoder>> BY_NAME = byName();

  private Encoders() {}

  private static Map<String, Function<List<String>, Encoder>> byName() {
    Map<String, Function<List<String>, Encoder>> map = new LinkedHashMap<>();
    map.put("standard", arguments -> plain("standard", arguments, new Standard()));
    map.put("raw", arguments -> plain("raw", arguments, new Raw()));
    map.put("log", arguments -> plain("log", arguments, new Log()));
    map.put("clip", Clip::of);
    map.put("category", Category::of);
    map.put("hash", Hash::of);
    map.put("context", Context::of);
    map.put("hour-of-day", HourOfDay::of);
    map.put("day-of-week", DayOfWeek::of);
    map.put("day-of-year", DayOfYear::of);
    map.put("lag", Lag::of);
    map.put("diff", Diff::of);
    map.put("gap", arguments -> plain("gap", arguments, new Gap()));
    map.put("position", arguments -> plain("position", arguments, new Position()));
    return map;
  }

  /** Names of all encoders. */
  public static List<String> names() {
    return List.copyOf(BY_NAME.keySet());
  }

  /**
   * The encoder of one link.
   *
   * @param arguments what stands between its parentheses, split at commas
   * @throws IllegalArgumentException where there is no such encoder or its arguments are wrong
   */
  public static Encoder of(String name, List<String> arguments) {
    Function<List<String>, Encoder> factory = BY_NAME.get(name);
    if (factory == null) {
      throw new IllegalArgumentException(
          "there is no encoder \""
              + name
              + "\", the nearest is "
              + nearest(name)
              + "; use one of "
              + String.join(", ", BY_NAME.keySet()));
    }
    return factory.apply(arguments);
  }

  private static Encoder plain(String name, List<String> arguments, Encoder encoder) {
    new Arguments(name, name, arguments).size(0, 0);
    return encoder;
  }

  private static String nearest(String name) {
    String nearest = null;
    int least = Integer.MAX_VALUE;
    for (String known : BY_NAME.keySet()) {
      int edits = edits(name, known);
      if (edits < least) {
        least = edits;
        nearest = known;
      }
    }
    return nearest;
  }

  /** Insertions, deletions and replacements that turn one text into the other. */
  private static int edits(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[to.length()];
  }
}
