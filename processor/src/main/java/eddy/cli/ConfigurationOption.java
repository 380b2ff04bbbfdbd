package eddy.cli;

import eddy.config.EddyConfig;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Option;

/** The option that names the configuration, the same for every command that needs one. */
final class ConfigurationOption {
  @Option(
      names = "--config",
      required = true,
      paramLabel = "FILE",
      description = "Properties file; see docs/configuration.md. EDDY_... variables override it.")
  private Path file;

  /**
   * The configuration.
   *
   * @throws eddy.config.ConfigurationException where it is missing or wrong
   */
  EddyConfig load() {
    return EddyConfig.load(file);
  }

  /** The same with settings, by key, that override those of the file. */
  EddyConfig load(Map<String, String> settings) {
    return EddyConfig.load(file, System.getenv(), settings);
  }

  Path file() {
    return file;
  }
}
