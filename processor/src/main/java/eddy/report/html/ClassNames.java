package eddy.report.html;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Small numbers for the classes met first; all further ones share one. */
final class ClassNames {
  /** Number of a class that was not said. */
  static final int NONE = -1;

  private static final int MOST = 64;

  private final Map<String, Integer> numbers = new HashMap<>();
  private final List<String> names = new ArrayList<>();

  /**
   * The number of a class; {@link #NONE} for null, the number of names for one that came too late.
   */
  int number(String name) {
    if (name == null) {
      return NONE;
    }
    Integer known = numbers.get(name);
    if (known == null && names.size() < MOST) {
      known = names.size();
      numbers.put(name, known);
      names.add(name);
    }
    return known == null ? MOST : known;
  }

  List<String> names() {
    return names;
  }
}
