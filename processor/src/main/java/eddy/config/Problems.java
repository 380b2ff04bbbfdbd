package eddy.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** The problems of a configuration, gathered so that one run shows them all. */
final class Problems {
  private final Set<String> overridden;
  private final List<String> lines = new ArrayList<>();

  /**
   * No problems yet.
   *
   * @param overridden keys that are to be named by their environment variable
   */
  Problems(Set<String> overridden) {
    this.overridden = overridden;
  }

  Set<String> overridden() {
    return overridden;
  }

  void add(String line) {
    lines.add(line);
  }

  /** A problem of one setting: key, value, and what is wrong with it. */
  void add(String key, Object value, String problem) {
    lines.add(name(key) + "=" + value + ": " + problem);
  }

  /** What the parts give, or the fallback and their problems. */
  <T> T attempt(Supplier<T> parts, T fallback) {
    try {
      return parts.get();
    } catch (ConfigurationException e) {
      lines.addAll(e.problems());
      return fallback;
    }
  }

  /** The key, or the environment variable that has set it. */
  String name(String key) {
    return overridden.contains(key) ? ConfigSource.variable(key) : key;
  }

  void throwIfAny() {
    if (!lines.isEmpty()) {
      throw new ConfigurationException(lines);
    }
  }
}
