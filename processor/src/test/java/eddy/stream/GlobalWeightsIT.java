package eddy.stream;

import static org.assertj.core.api.Assertions.assertThat;

import eddy.broker.BrokerSettings;
import eddy.broker.EmbeddedBroker;
import eddy.cli.Eddy;
import eddy.config.EddyConfig;
import eddy.ledger.LedgerCodec;
import eddy.ledger.LedgerEntry;
import eddy.task.Counter;
import eddy.task.TaskLearner;
import eddy.task.TaskOutput;
import eddy.task.TaskStores;
import eddy.testing.ChildJvm;
import eddy.testing.Topics;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.header.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Partitions that take in each other's weights, on a broker, by an app that is killed. */
class GlobalWeightsIT {
  private static final int PARTITIONS = 2;
  private static final int EVENTS = 800;
  private static final int BATCH = 200;
  private static final String NAME = "shared";

  @TempDir Path directory;

  @Test
  void kill9_betweenMerges_everyPredictionEqualsAReplayOfTheLedger() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.startTemporary(BrokerSettings.defaults())) {
      String servers = broker.bootstrapServers();
      Map<String, String> configuration = configuration(servers);
      EddyConfig config = EddyConfig.of(configuration);
      broker.createTopic(config.inputTopic(), PARTITIONS, Storms.KEPT);
      broker.createTopic(config.outputTopic(), PARTITIONS, Storms.KEPT);
      broker.createTopic(config.deadLetterTopic(), 1, Map.of());
      Properties properties = new Properties();
      properties.putAll(configuration);
      Path file = directory.resolve("app.properties");
      try (OutputStream out = Files.newOutputStream(file)) {
        properties.store(out, null);
      }
      List<Storms.Fix> fixes = Storms.fixes();
      try (ChildJvm app = run(file)) {
        // events that are there at the start would pass before the first weights come back
        feed(servers, config.inputTopic(), fixes, 0, BATCH);
        predictions(config, servers, BATCH);
        feed(servers, config.inputTopic(), fixes, BATCH, 2 * BATCH);
        predictions(config, servers, BATCH + BATCH / 4);
        feed(servers, config.inputTopic(), fixes, 2 * BATCH, 3 * BATCH);
        app.kill();
      }
      List<ConsumerRecord<byte[], byte[]>> published;
      try (ChildJvm app = run(file)) {
        predictions(config, servers, 3 * BATCH);
        feed(servers, config.inputTopic(), fixes, 3 * BATCH, EVENTS);
        published = predictions(config, servers, EVENTS);
        assertThat(app.stop(Committed.PATIENCE)).as(app.output()).isZero();
      }

      List<ConsumerRecord<byte[], byte[]>> ledger =
          Committed.all(servers, config.ledgerTopic(), PARTITIONS);
      List<String> replayed = new ArrayList<>();
      for (int partition = 0; partition < PARTITIONS; partition++) {
        assertThat(replay(config, partition, ledger, replayed))
            .as("weights of the other partition taken in")
            .isPositive();
      }
      assertThat(published).extracting(r -> new String(r.value())).isEqualTo(replayed);
      assertThat(Committed.all(servers, config.deadLetterTopic(), 1)).isEmpty();
      assertThat(verify(file, servers)).contains("equal: 800 predictions");
    }
  }

  private Map<String, String> configuration(String servers) {
    Map<String, String> configuration = Storms.configuration(NAME, servers);
    configuration.put("state.dir", directory.resolve("state").toString());
    configuration.put("eddy.weights", "global");
    configuration.put("eddy.weights.every", "40");
    configuration.put("eddy.panel", "single");
    configuration.put("eddy.units", "8");
    configuration.put("commit.interval.ms", "300");
    configuration.put("producer.transaction.timeout.ms", "4000");
    configuration.put("group.instance.id", NAME);
    configuration.put("session.timeout.ms", "6000");
    return configuration;
  }

  private ChildJvm run(Path file) throws IOException {
    Path console = directory.resolve("app.log");
    return ChildJvm.start(Eddy.class, console, "run", "--config", file.toString());
  }

  private String verify(Path file, String servers) throws Exception {
    Path console = directory.resolve("verify.log");
    String config = file.toString();
    try (ChildJvm verification =
        ChildJvm.start(
            Eddy.class,
            console,
            "replay",
            "--verify",
            "--config",
            config,
            "--bootstrap-servers",
            servers)) {
      assertThat(verification.awaitExit(Committed.PATIENCE)).as(verification.output()).isZero();
      return verification.output();
    }
  }

  private static List<ConsumerRecord<byte[], byte[]>> predictions(
      EddyConfig config, String servers, int count) {
    return Committed.read(servers, config.outputTopic(), PARTITIONS, count);
  }

  private static void feed(String servers, String topic, List<Storms.Fix> fixes, int from, int to) {
    try (Producer<byte[], byte[]> producer = Topics.producer(servers)) {
      for (int row = from; row < to; row++) {
        producer.send(fixes.get(row).record(topic, row));
      }
    }
  }

  private static long replay(
      EddyConfig config,
      int partition,
      List<ConsumerRecord<byte[], byte[]>> ledger,
      List<String> predictions) {
    TaskOutput output =
        new TaskOutput() {
          @Override
          public void prediction(LedgerEntry event, byte[] prediction) {
            predictions.add(new String(prediction));
          }

          @Override
          public void deadLetter(LedgerEntry entry, byte[] value, Headers headers) {}
        };
    TaskLearner learner = new TaskLearner(config, partition, TaskStores.inMemory(), output);
    ledger.stream()
        .filter(record -> record.partition() == partition)
        .forEach(record -> learner.take(record.offset(), LedgerCodec.read(record)));
    return learner.task().count(Counter.WEIGHTS_MERGED);
  }
}
