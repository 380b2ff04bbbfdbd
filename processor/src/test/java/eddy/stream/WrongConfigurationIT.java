package eddy.stream;

import static org.assertj.core.api.Assertions.assertThat;

import eddy.broker.BrokerSettings;
import eddy.broker.EmbeddedBroker;
import eddy.cli.Eddy;
import eddy.testing.ChildJvm;
import eddy.testing.Topics;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.producer.Producer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code eddy run} says of a configuration that cannot work: exit code 2 and one line. */
class WrongConfigurationIT {
  private static EmbeddedBroker broker;

  @TempDir Path directory;
  private Map<String, String> properties;

  @BeforeAll
  static void startBroker() throws IOException {
    broker = EmbeddedBroker.startTemporary(BrokerSettings.defaults());
    broker.createTopic("storms", 3, Storms.KEPT);
    broker.createTopic("app.predictions", 3, Storms.KEPT);
    broker.createTopic("app.rejected", 1, Map.of());
    List<Storms.Fix> fixes = Storms.fixes().subList(0, 500);
    try (Producer<byte[], byte[]> producer = Topics.producer(broker.bootstrapServers())) {
      for (int row = 0; row < fixes.size(); row++) {
        producer.send(fixes.get(row).record("storms", row));
      }
    }
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @BeforeEach
  void configure() {
    properties = Storms.configuration("app", broker.bootstrapServers());
    properties.put("state.dir", directory.resolve("state").toString());
  }

  /** Runs the command; its only line must contain these texts. */
  private void assertRefused(String... texts) throws Exception {
    assertThat(linesOfRefusal()).singleElement().asString().startsWith("eddy: ").contains(texts);
  }

  private List<String> linesOfRefusal() throws Exception {
    Properties written = new Properties();
    written.putAll(properties);
    Path file = directory.resolve("app.properties");
    try (OutputStream out = Files.newOutputStream(file)) {
      written.store(out, null);
    }
    Path console = directory.resolve("console.log");
    try (ChildJvm app =
        ChildJvm.startBrief(Eddy.class, console, "run", "--config", file.toString())) {
      int exit = app.awaitExit(Committed.PATIENCE);
      assertThat(exit).as(app.output()).isEqualTo(2);
      return app.output()
          .lines()
          // the JVM's own word on the flag that it was given
          .filter(line -> !line.startsWith("WARNING: Using incubator modules"))
          .toList();
    }
  }

  @Test
  void run_misspeltKey_namesTheNearest() throws Exception {
    properties.remove("eddy.units");
    properties.put("eddy.unit", "16");
    assertRefused("eddy.unit", "eddy.units");
  }

  @Test
  void run_unknownCell_namesTheCells() throws Exception {
    properties.put("eddy.cell", "lstn");
    assertRefused("eddy.cell", "lstn", "lstm", "mixed");
  }

  @Test
  void run_negativeUnits_namesTheBound() throws Exception {
    properties.put("eddy.units", "-4");
    assertRefused("eddy.units", "-4", "1");
  }

  @Test
  void run_targetThatNoEventHas_namesTheFields() throws Exception {
    properties.put("eddy.targets", "wnd@+4");
    assertRefused("wnd", "topic storms", "did you mean wind?", "lat, long, pressure");
  }

  @Test
  void run_featureThatNoEventHas_namesTheFields() throws Exception {
    properties.put("eddy.features", "lat,longitude");
    assertRefused("longitude", "topic storms", "lat, long, pressure");
  }

  @Test
  void run_missingInputTopic_saysHowToCreateIt() throws Exception {
    properties.put("eddy.input.topic", "stroms");
    assertRefused("eddy.input.topic=stroms", "kafka-topics --create --topic stroms --partitions 1");
  }

  @Test
  void run_missingOutputTopic_saysHowToCreateItLikeTheInput() throws Exception {
    properties.put("eddy.output.topic", "forecasts");
    assertRefused(
        "eddy.output.topic=forecasts", "kafka-topics --create --topic forecasts --partitions 3");
  }

  @Test
  void run_missingDriftAndScoresTopics_namesBoth() throws Exception {
    properties.put("eddy.drift", "adwin");
    properties.put("eddy.drift.topic", "drifts");
    properties.put("eddy.scores.topic", "scores");
    assertThat(String.join("\n", linesOfRefusal()))
        .contains(
            "eddy.drift.topic=drifts",
            "kafka-topics --create --topic drifts --partitions 1",
            "eddy.scores.topic=scores",
            "kafka-topics --create --topic scores --partitions 3");
  }

  @Test
  void run_actionOnDriftThatIsNotLookedFor_namesBothKeys() throws Exception {
    properties.put("eddy.drift.action", "reset");
    assertRefused("eddy.drift.action=reset", "eddy.drift=adwin");
  }

  @Test
  void run_stateOfAnotherNumberOfPartitions_namesBothNumbers() throws Exception {
    broker.createTopic("narrow-eddy-weights-changelog", 1, Map.of());
    properties.put("application.id", "narrow");
    assertRefused("storms: has 3 partitions", "application.id=narrow was learned with 1");
  }

  @Test
  void run_labelsTopicOfOtherPartitions_namesBothNumbers() throws Exception {
    broker.createTopic("few.labels", 2, Map.of());
    properties.put("eddy.labels.topic", "few.labels");
    properties.put("eddy.targets", "damage@label");
    assertRefused("eddy.labels.topic=few.labels: has 2", "eddy.input.topic=storms has 3");
  }

  @Test
  void run_ledgerOfOtherPartitions_namesBothNumbers() throws Exception {
    broker.createTopic("commands", 1, Map.of());
    broker.createTopic("thin-ledger", 2, Map.of());
    properties.put("eddy.control.topic", "commands");
    properties.put("application.id", "thin");
    assertRefused("storms: has 3 partitions", "thin-ledger has 2");
  }

  @Test
  void run_ledgerAfterLearningWithoutOne_isRefused() throws Exception {
    broker.createTopic("bare-eddy-keys-changelog", 3, Map.of());
    broker.createTopic("wishes", 1, Map.of());
    properties.put("eddy.control.topic", "wishes");
    properties.put("application.id", "bare");
    assertRefused("application.id=bare: has learned without a ledger", "eddy.control.topic");
  }

  @Test
  void run_withoutTheLedgerThatWasLearnedFrom_isRefused() throws Exception {
    broker.createTopic("led-eddy-keys-changelog", 3, Map.of());
    broker.createTopic("led-ledger", 3, Map.of());
    properties.put("application.id", "led");
    assertRefused("application.id=led: has learned from the ledger led-ledger");
  }

  @Test
  void run_compactedLedger_isRefused() throws Exception {
    broker.createTopic("terse-ledger", 3, Map.of("cleanup.policy", "compact"));
    properties.put("application.id", "terse");
    broker.createTopic("orders", 1, Map.of());
    properties.put("eddy.control.topic", "orders");
    assertRefused("terse-ledger has cleanup.policy=compact");
  }

  @Test
  void run_deadLetterTopicForSmallRecordsOnly_saysHowToRaiseIt() throws Exception {
    broker.createTopic("small", 1, Map.of("max.message.bytes", "50000"));
    properties.put("eddy.dead.letter.topic", "small");
    assertRefused("eddy.dead.letter.topic=small", "50000", "max.message.bytes=", "kafka-configs");
  }

  @Test
  void run_brokerThatDoesNotAnswer_namesTheAddress() throws Exception {
    properties.put("bootstrap.servers", "127.0.0.1:1");
    assertRefused("bootstrap.servers=127.0.0.1:1", "no broker answered");
  }

  @Test
  void run_addressThatDoesNotResolve_namesTheAddress() throws Exception {
    properties.put("bootstrap.servers", "broker.invalid:9092");
    // the first line is Kafka's, which names each host of a list that does not resolve
    assertThat(linesOfRefusal())
        .hasSizeLessThanOrEqualTo(2)
        .last()
        .asString()
        .startsWith("eddy: bootstrap.servers=broker.invalid:9092");
  }

  @Test
  void run_webAddressOfAnotherMachine_namesItAndKeepsTheToken() throws Exception {
    properties.put("eddy.web.port", "8080");
    properties.put("eddy.web.host", "192.0.2.1");
    properties.put("eddy.web.token", "s3cret");
    assertRefused("eddy.web.port=8080: 192.0.2.1 cannot be listened at");
  }

  @Test
  void run_learnerBeyondItsBudget_namesTheBudget() throws Exception {
    properties.put("eddy.budget.key.bytes", "100");
    assertRefused("eddy.budget.key.bytes=100");
  }
}
