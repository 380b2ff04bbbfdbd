package eddy.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BrokerArgumentsTest {
  @Test
  void parse_itsOwnWords_givesTheSame() {
    BrokerArguments arguments =
        new BrokerArguments(
            Path.of("data"), true, new BrokerSettings(2, 9092, 9093, Map.of("a.b", "c=d")));

    assertThat(BrokerArguments.parse(arguments.words().toArray(String[]::new)))
        .isEqualTo(arguments);
  }

  @Test
  void parse_noDirectory_isRefused() {
    assertThatThrownBy(() -> BrokerArguments.parse(new String[] {"--exit-with-parent"}))
        .hasMessageContaining("data directory");
  }

  @Test
  void parse_portNotANumber_namesIt() {
    assertThatThrownBy(() -> BrokerArguments.parse(new String[] {"data", "port=many"}))
        .hasMessageContaining("port")
        .hasMessageContaining("many");
  }

  @Test
  void properties_staticVoters_replaceTheBootstrapServers() {
    BrokerSettings settings =
        new BrokerSettings(1, 9092, 9093, Map.of("controller.quorum.voters", "1@127.0.0.1:9093"));

    assertThat(settings.properties(Path.of("data")))
        .containsEntry("controller.quorum.voters", "1@127.0.0.1:9093")
        .doesNotContainKey("controller.quorum.bootstrap.servers");
  }
}
