package eddy.stream;

import static org.assertj.core.api.Assertions.assertThat;

import eddy.broker.BrokerSettings;
import eddy.broker.EmbeddedBroker;
import eddy.config.EddyConfig;
import eddy.ledger.LedgerCodec;
import eddy.ledger.LedgerEntry;
import eddy.task.Counter;
import eddy.task.TaskLearner;
import eddy.task.TaskOutput;
import eddy.task.TaskStores;
import eddy.testing.Topics;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.header.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Partitions that take in each other's weights, on a broker. */
class GlobalWeightsIT {
  private static final int PARTITIONS = 2;
  private static final int EVENTS = 600;

  @Test
  void predictions_ofGlobalWeights_equalAReplayOfTheLedger(@TempDir Path directory)
      throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.startTemporary(BrokerSettings.defaults())) {
      String servers = broker.bootstrapServers();
      Map<String, String> properties = Storms.configuration("shared", servers);
      properties.put("state.dir", directory.toString());
      properties.put("eddy.weights", "global");
      properties.put("eddy.weights.every", "40");
      properties.put("eddy.panel", "single");
      properties.put("eddy.units", "8");
      EddyConfig config = EddyConfig.of(properties);
      broker.createTopic(config.inputTopic(), PARTITIONS, Storms.KEPT);
      broker.createTopic(config.outputTopic(), PARTITIONS, Storms.KEPT);
      broker.createTopic(config.deadLetterTopic(), 1, Map.of());
      List<Storms.Fix> fixes = Storms.fixes();
      try (EddyApp app = EddyApp.of(config)) {
        // events that are there at the start would pass before the first weights come back
        app.start();
        for (int from = 0; from < EVENTS; from += EVENTS / 3) {
          feed(servers, config.inputTopic(), fixes, from, from + EVENTS / 3);
          Committed.read(servers, config.outputTopic(), PARTITIONS, from + EVENTS / 3);
        }
      }

      List<ConsumerRecord<byte[], byte[]>> published =
          Committed.read(servers, config.outputTopic(), PARTITIONS, EVENTS);
      List<ConsumerRecord<byte[], byte[]>> ledger =
          Committed.all(servers, config.ledgerTopic(), PARTITIONS);
      List<String> replayed = new ArrayList<>();
      long merged = 0;
      for (int partition = 0; partition < PARTITIONS; partition++) {
        merged += replay(config, partition, ledger, replayed);
      }
      assertThat(merged).as("weights of the other partition taken in").isPositive();
      assertThat(published).extracting(r -> new String(r.value())).isEqualTo(replayed);
      assertThat(Committed.all(servers, config.deadLetterTopic(), 1)).isEmpty();
    }
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
