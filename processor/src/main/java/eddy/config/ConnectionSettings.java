package eddy.config;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * How a configuration's file reaches a broker: whatever a Kafka client knows and that is no key of
 * Eddy's, such as {@code security.protocol}, {@code sasl.jaas.config}, {@code
 * ssl.truststore.location}.
 */
public final class ConnectionSettings {
  private final Map<String, Object> values;

  private ConnectionSettings(Map<String, Object> values) {
    this.values = values;
  }

  /** None beside the broker's address. */
  public static ConnectionSettings none() {
    return new ConnectionSettings(Map.of());
  }

  /**
   * Those of a properties file, secrets of {@code config.providers} put in.
   *
   * @throws ConfigurationException where it cannot be read
   */
  public static ConnectionSettings load(Path file) {
    return new ConnectionSettings(ConfigSource.of(ConfigSource.file(file), Map.of()).values());
  }

  /**
   * Those that a client knows.
   *
   * @param names that it knows
   * @param prefix before which a setting is for this client alone, such as {@code producer.}
   */
  public Map<String, Object> of(Set<String> names, String prefix) {
    Map<String, Object> settings = new HashMap<>();
    for (String name : names) {
      Object own = values.getOrDefault(prefix + name, values.get(name));
      if (own != null) {
        settings.put(name, own);
      }
    }
    return settings;
  }
}
