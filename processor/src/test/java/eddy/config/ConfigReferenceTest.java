package eddy.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ConfigReferenceTest {
  private static final Path FILE = Path.of("..", "docs", "configuration.md");

  @Test
  void markdown_fileInDocs_isCurrent() throws IOException {
    assertThat(Files.readString(FILE))
        .as("write it anew with eddy.config.ConfigReference")
        .isEqualTo(ConfigReference.markdown());
  }

  @Test
  void markdown_everyKey_hasARowWithItsMeaning() {
    assertThat(EddyKeys.DEFINITION.configKeys().values())
        .allSatisfy(
            key -> {
              assertThat(key.documentation).endsWith(".");
              assertThat(ConfigReference.markdown())
                  .contains("| `" + key.name + "` |")
                  .contains(key.documentation);
            });
  }
}
