package eddy.config;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;

/**
 * Puts in what stands elsewhere: a value {@code ${env:HOSTNAME}} or {@code
 * ${file:/run/secrets/kafka:password}}, by Kafka's configuration providers, which {@code
 * config.providers} names.
 */
final class ConfigVariables {
  private static final String PROVIDERS = AbstractConfig.CONFIG_PROVIDERS_CONFIG;
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}]*?):(([^}]*?):)?([^}]*?)}");

  private ConfigVariables() {}

  /**
   * The settings without variables and without providers.
   *
   * @throws ConfigurationException where a provider cannot be used, or does not know a variable
   */
  static Map<String, Object> resolve(Map<String, Object> settings, Problems problems) {
    if (!settings.containsKey(PROVIDERS)) {
      return settings;
    }
    Map<String, Object> resolved;
    try {
      resolved = new TreeMap<>(new AbstractConfig(new ConfigDef(), settings, false).originals());
    } catch (KafkaException e) {
      throw new ConfigurationException(
          PROVIDERS + "=" + settings.get(PROVIDERS) + ": " + reason(e));
    }
    resolved.keySet().removeIf(key -> key.equals(PROVIDERS) || key.startsWith(PROVIDERS + "."));
    resolved.forEach(
        (key, value) -> {
          Matcher variable = VARIABLE.matcher(value.toString());
          // the file's own text, or a secret that lies beside the missing one would be shown
          if (variable.find()) {
            problems.add(
                key,
                settings.get(key),
                "no provider of " + PROVIDERS + " has a value for " + variable.group());
          }
        });
    problems.throwIfAny();
    return resolved;
  }

  private static String reason(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.getMessage();
  }
}
