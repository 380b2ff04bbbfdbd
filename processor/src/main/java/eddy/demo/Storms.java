package eddy.demo;

import eddy.config.EddyConfig;
import eddy.event.CsvRows;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** What the demo brings along: the fixes of the storms, and the configuration that learns them. */
final class Storms {
  /** Column of the key. */
  static final String KEY = "storm";

  /** Column of the event's time. */
  static final String TIME = "timestamp";

  private static final String FIXES = "storms.csv.gz";
  private static final String CONFIGURATION = "storms.properties";

  private Storms() {}

  /** The fixes in the order of their time, keyed and timed. */
  static CsvRows rows() throws IOException {
    return CsvRows.open(FIXES, open(FIXES), -1, KEY, TIME);
  }

  /** Number of fixes. */
  static long count() throws IOException {
    try (CsvRows rows = rows()) {
      while (rows.next()) {
        // counted by the rows themselves
      }
      return rows.number() + 1;
    }
  }

  /**
   * The configuration, as the environment of this process changes it.
   *
   * @param added settings of the one who asks, such as the broker's address
   * @throws eddy.config.ConfigurationException where the environment makes it a wrong one
   */
  static EddyConfig configuration(Map<String, String> added) throws IOException {
    Properties properties = new Properties();
    try (Reader reader = new InputStreamReader(open(CONFIGURATION), StandardCharsets.UTF_8)) {
      properties.load(reader);
    }
    Map<String, String> configuration = new TreeMap<>();
    for (String key : properties.stringPropertyNames()) {
      configuration.put(key, properties.getProperty(key));
    }
    configuration.putAll(added);
    return EddyConfig.of(configuration, System.getenv());
  }

  private static InputStream open(String resource) throws IOException {
    InputStream stream = Storms.class.getResourceAsStream(resource);
    if (stream == null) {
      throw new IOException(resource + " is missing from the jar; build it again");
    }
    return stream;
  }
}
