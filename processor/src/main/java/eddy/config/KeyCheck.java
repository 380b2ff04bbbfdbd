package eddy.config;

import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.apache.kafka.common.config.ConfigException;

/**
 * Checks each setting by itself: that its key is known, and its value of the type and in bounds.
 */
final class KeyCheck {
  private final ConfigSource source;
  private final Problems problems;

  private KeyCheck(ConfigSource source, Problems problems) {
    this.source = source;
    this.problems = problems;
  }

  static void check(ConfigSource source) {
    Problems problems = new Problems(source.overridden());
    KeyCheck check = new KeyCheck(source, problems);
    source.values().keySet().forEach(check::known);
    EddyKeys.DEFINITION.configKeys().values().forEach(check::value);
    problems.throwIfAny();
  }

  private void known(String key) {
    if (key.startsWith(EddyKeys.PREFIX)) {
      if (!EddyKeys.DEFINITION.names().contains(key)) {
        unknown(key);
      }
    } else if (NearestName.edits(key.substring(0, Math.max(0, key.indexOf('.'))), "eddy") == 1) {
      unknown(key);
    }
  }

  private void unknown(String key) {
    problems.add(
        key
            + ": there is no such key"
            + NearestName.hint(key, EddyKeys.DEFINITION.names())
            + " All keys are in docs/configuration.md");
  }

  private void value(ConfigKey key) {
    Object given = source.values().get(key.name);
    if (given == null) {
      if (!key.hasDefault()) {
        problems.add(key.name + ": is missing; write for instance " + example(key.name));
      }
      return;
    }
    if (given instanceof String text && text.isBlank() && key.type != ConfigDef.Type.STRING) {
      problems.add(
          key.name, given, "expected " + kind(key.type) + "; remove the line" + orDefault(key));
      return;
    }
    Object parsed;
    try {
      parsed = ConfigDef.parseType(key.name, given, key.type);
    } catch (ConfigException e) {
      problems.add(key.name, given, "expected " + kind(key.type) + orDefault(key));
      return;
    }
    try {
      if (key.validator != null) {
        key.validator.ensureValid(key.name, parsed);
      }
    } catch (ConfigException e) {
      problems.add(key.name, given, e.getMessage() + orDefault(key));
    }
  }

  private static String orDefault(ConfigKey key) {
    boolean plain = key.hasDefault() && key.defaultValue != null;
    return plain ? "; the default is " + ConfigDef.convertToString(key.defaultValue, key.type) : "";
  }

  private static String example(String key) {
    return key.equals(EddyKeys.TARGETS)
        ? key + "=value@+1 (the field value of the next event)"
        : key + "=value,value:diff(1)";
  }

  private static String kind(ConfigDef.Type type) {
    return switch (type) {
      case INT -> "a whole number from -2147483648 to 2147483647";
      case LONG -> "a whole number";
      case DOUBLE -> "a number";
      case BOOLEAN -> "true or false";
      default -> "a text";
    };
  }
}
