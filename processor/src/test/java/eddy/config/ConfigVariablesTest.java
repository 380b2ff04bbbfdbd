package eddy.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.provider.EnvVarConfigProvider;
import org.apache.kafka.common.config.provider.FileConfigProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigVariablesTest {
  @TempDir Path directory;

  private Map<String, String> settings(String provider, Class<?> type, String key, String value) {
    Map<String, String> settings = new HashMap<>();
    settings.put("eddy.features", "lat");
    settings.put("eddy.targets", "lat@+4");
    settings.put("config.providers", provider);
    settings.put("config.providers." + provider + ".class", type.getName());
    settings.put(key, value);
    return settings;
  }

  private ConfigurationException refused(Map<String, String> settings) {
    return catchThrowableOfType(ConfigurationException.class, () -> EddyConfig.of(settings));
  }

  @Test
  void of_variablesOfAFile_areItsValuesAndTheProviderIsGone() throws IOException {
    Path file = Files.writeString(directory.resolve("secrets.properties"), "units=8\nid=storms\n");
    Map<String, String> settings =
        settings("file", FileConfigProvider.class, "eddy.units", "${file:" + file + ":units}");
    settings.put("application.id", "${file:" + file + ":id}-1");
    EddyConfig config = EddyConfig.of(settings);
    assertThat(config.learnerSpec())
        .isEqualTo(
            EddyConfig.of(
                    Map.of("eddy.features", "lat", "eddy.targets", "lat@+4", "eddy.units", "8"))
                .learnerSpec());
    assertThat(config.originals())
        .containsEntry("application.id", "storms-1")
        .doesNotContainKeys("config.providers", "config.providers.file.class");
  }

  @Test
  void of_variableOfTheEnvironment_isItsValue() {
    String path = System.getenv("PATH");
    assertThat(path).as("every environment has it").isNotEmpty();
    EddyConfig config =
        EddyConfig.of(
            settings("env", EnvVarConfigProvider.class, "application.server", "${env:PATH}:80"));
    assertThat(config.originals()).containsEntry("application.server", path + ":80");
  }

  @Test
  void of_variableThatNoProviderKnows_isRefusedByItsKey() throws IOException {
    Path file = Files.writeString(directory.resolve("secrets.properties"), "units=7\n");
    assertThat(
            refused(
                    settings(
                        "file", FileConfigProvider.class, "eddy.cell", "${file:" + file + ":cell}"))
                .problems())
        .containsExactly(
            "eddy.cell=${file:"
                + file
                + ":cell}: no provider of config.providers has a value for ${file:"
                + file
                + ":cell}");
  }

  @Test
  void of_providerThatIsNoClass_isRefused() {
    Map<String, String> settings =
        settings("vault", FileConfigProvider.class, "eddy.cell", "${vault:cell}");
    settings.put("config.providers.vault.class", "no.such.Provider");
    assertThat(refused(settings))
        .hasMessageContaining("config.providers=vault")
        .hasMessageContaining("no.such.Provider");
  }

  @Test
  void of_variablesWithoutProviders_areLeftAlone() {
    assertThat(
            EddyConfig.of(
                    Map.of(
                        "eddy.features", "lat", "eddy.targets", "lat@+4", "client.id", "${env:X}"))
                .originals())
        .containsEntry("client.id", "${env:X}");
  }
}
