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

  /** The same with these variables in place of the environment's. */
  EddyConfig load(Map<String, String> environment) {
    return EddyConfig.load(file, environment);
  }
}
