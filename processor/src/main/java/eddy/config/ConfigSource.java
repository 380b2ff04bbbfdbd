package eddy.config;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;

/**
 * The settings that were given, and where each came from.
 *
 * <p>A variable {@code EDDY_READOUT_FEATURES} of the environment overrides {@code
 * eddy.readout.features}. Other variables that begin so are left alone, since container platforms
 * make such of a service's name; only one that is nearly a key is refused as a misspelling.
 *
 * @param values by key, in the order of the keys
 * @param overridden keys whose value came from the environment
 */
record ConfigSource(Map<String, Object> values, Set<String> overridden) {
  private static final String VARIABLE_PREFIX = "EDDY_";
  private static final int MISSPELT = 2;

  static ConfigSource of(Map<String, ?> properties, Map<String, String> environment) {
    Map<String, Object> values = new TreeMap<>(properties);
    Map<String, Object> overrides = new TreeMap<>();
    Problems problems = new Problems(Set.of());
    for (Map.Entry<String, String> variable : environment.entrySet()) {
      if (variable.getKey().startsWith(VARIABLE_PREFIX)) {
        String key = key(variable.getKey());
        if (EddyKeys.DEFINITION.names().contains(key)) {
          overrides.put(key, variable.getValue());
        } else {
          nearKey(key)
              .ifPresent(
                  near ->
                      problems.add(
                          variable.getKey()
                              + ": no key has this variable, did you mean "
                              + variable(near)
                              + "?"));
        }
      }
    }
    problems.throwIfAny();
    values.putAll(overrides);
    return new ConfigSource(
        ConfigVariables.resolve(values, new Problems(overrides.keySet())), overrides.keySet());
  }

  private static Optional<String> nearKey(String key) {
    return NearestName.of(key, EddyKeys.DEFINITION.names())
        .filter(near -> NearestName.edits(key, near) <= MISSPELT);
  }

  /** Reads a properties file in UTF-8. An {@code eddy.} value may end in a {@code # remark}. */
  static Map<String, String> file(Path file) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      properties.load(reader);
    } catch (NoSuchFileException e) {
      throw new ConfigurationException(file + ": there is no such file");
    } catch (IOException | IllegalArgumentException e) {
      throw new ConfigurationException(file + ": cannot be read as properties: " + e.getMessage());
    }
    Map<String, String> values = new TreeMap<>();
    for (String key : properties.stringPropertyNames()) {
      String value = properties.getProperty(key);
      values.put(key, key.startsWith(EddyKeys.PREFIX) ? withoutRemark(value) : value);
    }
    return values;
  }

  // properties files know whole lines of remarks only, and a cell "lstm # wide" helps nobody
  private static String withoutRemark(String value) {
    boolean quoted = false;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      quoted ^= c == '`';
      if (c == '#' && !quoted && (i == 0 || Character.isWhitespace(value.charAt(i - 1)))) {
        return value.substring(0, i).strip();
      }
    }
    return value.strip();
  }

  private static String key(String variable) {
    return variable.toLowerCase(Locale.ROOT).replace('_', '.');
  }

  /** The variable that overrides a key. */
  static String variable(String key) {
    return key.toUpperCase(Locale.ROOT).replace('.', '_');
  }
}
