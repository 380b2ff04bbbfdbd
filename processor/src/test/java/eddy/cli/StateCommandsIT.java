package eddy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import eddy.broker.BrokerSettings;
import eddy.broker.EmbeddedBroker;
import eddy.config.EddyConfig;
import eddy.stream.EddyApp;
import eddy.testing.Topics;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What an app has learned, looked at, taken out, put in and removed, on a broker. */
class StateCommandsIT {
  private static final Duration SOON = Duration.ofSeconds(90);

  private final StringWriter out = new StringWriter();
  private final StringWriter error = new StringWriter();

  @TempDir Path folder;

  private int run(String... arguments) {
    out.getBuffer().setLength(0);
    error.getBuffer().setLength(0);
    CommandLine command = Eddy.commandLine();
    return command.setOut(new PrintWriter(out)).setErr(new PrintWriter(error)).execute(arguments);
  }

  @Test
  void commands_onAnAppThatLearned_showExportCheckAndRemoveIt() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.startTemporary(BrokerSettings.defaults())) {
      String servers = broker.bootstrapServers();
      for (String topic : List.of("in", "out", "dead", "control")) {
        // the events are old: without it the broker may delete them
        broker.createTopic(topic, 1, Map.of("retention.ms", "-1"));
      }
      Path file = folder.resolve("app.properties");
      Files.writeString(
          file,
          String.join(
              "\n",
              "application.id=learned",
              "bootstrap.servers=" + servers,
              "state.dir=" + folder.resolve("state"),
              "eddy.input.topic=in",
              "eddy.output.topic=out",
              "eddy.dead.letter.topic=dead",
              "eddy.control.topic=control",
              "eddy.features=x",
              "eddy.targets=x@+1",
              "eddy.cell=gru",
              "eddy.units=4",
              "eddy.panel=single"));
      String config = "--config=" + file;
      assertThat(run("inspect", config)).isEqualTo(2);
      assertThat(error.toString()).contains("has learned nothing yet");
      try (Producer<byte[], byte[]> producer = Topics.producer(servers)) {
        for (int i = 0; i < 40; i++) {
          producer.send(event(i));
        }
      }
      try (EddyApp app = EddyApp.of(EddyConfig.load(file, Map.of()))) {
        app.start();
        Topics.read(servers, "out", 1, 40, SOON);
        assertThat(run("reset", config, "--yes")).isEqualTo(2);
        assertThat(error.toString()).contains("are running");
        assertThat(run("reset", config, "--key=k1")).as(error.toString()).isZero();
        // the command's place is in the ledger, behind all events so far
        Topics.read(servers, "learned-ledger", 1, 41, SOON);
        try (Producer<byte[], byte[]> producer = Topics.producer(servers)) {
          producer.send(event(41));
        }
        Topics.read(servers, "out", 1, 41, SOON);
      }

      assertThat(run("inspect", config, "--key=k0", "--json")).as(error.toString()).isZero();
      assertThat(out.toString())
          .contains("\"keys\" : 2", "\"updates\" : 38", "\"events\" : 20", "weight_hh_l0")
          .contains("\"commands\" : 1", "\"deleted\" : 1", "\"forgotten\" : 1")
          .contains("\"waiting_labels\" : 1");
      assertThat(run("inspect", config, "--key=k1")).as(error.toString()).isZero();
      assertThat(out.toString()).contains("  events: 1\n", "waiting labels: 1");
      assertThat(run("inspect", config, "--json")).isZero();
      assertThat(JsonReport.of(out, "inspect").get("partitions")).hasSize(1);
      Path weights = folder.resolve("weights.safetensors");
      assertThat(run("export", config, "--output=" + weights)).as(error.toString()).isZero();
      assertThat(run("export", config, "--output=" + weights, "--json")).isZero();
      JsonNode exported = JsonReport.of(out, "export");
      assertThat(run("import", config, weights.toString(), "--json")).isZero();
      JsonNode imported = JsonReport.of(out, "import");
      assertThat(imported.get("tensors").asInt()).isEqualTo(exported.get("tensors").size());
      assertThat(error.toString()).isEmpty();
      assertThat(run("import", config, weights.toString())).as(error.toString()).isZero();
      assertThat(out.toString()).isEqualToIgnoringNewLines("eddy.weights.initial=" + weights);

      assertThat(run("reset", config, "--dry-run")).isZero();
      assertThat(out.toString())
          .contains(
              "would be removed", "topic learned-eddy-weights-changelog", "offsets", "folder");
      assertThat(run("reset", config, "--key=k1", "--dry-run", "--json")).isZero();
      assertThat(JsonReport.of(out, "reset --key").get("sent").asBoolean()).isFalse();
      assertThat(run("reset", config, "--dry-run", "--json")).isZero();
      assertThat(JsonReport.of(out, "reset").get("removed").asBoolean()).isFalse();
      assertThat(run("reset", config, "--yes")).as(error.toString()).isZero();
      assertThat(out.toString()).startsWith("removed:");
      assertThat(folder.resolve("state").resolve("learned")).doesNotExist();
      assertThat(run("reset", config, "--yes")).isZero();
      assertThat(out.toString()).startsWith("nothing to remove");
      assertThat(run("inspect", config)).isEqualTo(2);
    }
  }

  private static ProducerRecord<byte[], byte[]> event(int number) {
    byte[] key = bytes("k" + number % 2);
    return new ProducerRecord<>("in", 0, 1000L * number, key, bytes("{\"x\":" + number + "}"));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
