package eddy.demo;

import static org.assertj.core.api.Assertions.assertThat;

import eddy.config.EddyConfig;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StormsTest {
  private static final Path EXAMPLE = Path.of("..", "scripts", "examples", "storms.properties");

  @Test
  void count_storms_isThatOfTheFile() throws Exception {
    assertThat(Storms.count()).isEqualTo(11_840);
  }

  /** So that a replay with the example is a replay of the demo. */
  @Test
  void configuration_demo_isThatOfTheExample() throws Exception {
    EddyConfig demo = Storms.configuration(Map.of());

    assertThat(demo.originals()).isEqualTo(EddyConfig.load(EXAMPLE, Map.of()).originals());
  }
}
