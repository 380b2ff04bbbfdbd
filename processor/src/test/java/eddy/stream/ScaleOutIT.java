package eddy.stream;

import static org.assertj.core.api.Assertions.assertThat;

import eddy.broker.BrokerSettings;
import eddy.broker.EmbeddedBroker;
import eddy.config.EddyConfig;
import eddy.testing.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Instances, threads and standbys decide who learns, never what is learned. */
class ScaleOutIT {
  private static final int PARTITIONS = 4;
  private static final int EVENTS = 3_000;

  @TempDir Path directory;
  private EmbeddedBroker broker;
  private String servers;
  private List<Storms.Fix> fixes;

  @BeforeEach
  void startBroker() throws IOException {
    broker = EmbeddedBroker.startTemporary(BrokerSettings.defaults());
    servers = broker.bootstrapServers();
    fixes = Storms.fixes();
    broker.createTopic("storms", PARTITIONS, Storms.KEPT);
    for (String name : List.of("one", "two")) {
      broker.createTopic(name + ".predictions", PARTITIONS, Storms.KEPT);
      broker.createTopic(name + ".rejected", 1, Map.of());
    }
  }

  @AfterEach
  void stopBroker() {
    broker.close();
  }

  /** An instance that is a static member; two threads and standbys where there are two. */
  private EddyApp start(String name, int instance) throws InterruptedException {
    Map<String, String> properties = Storms.configuration(name, servers);
    properties.put("state.dir", directory.resolve(name + instance).toString());
    properties.put("group.instance.id", name + "-" + instance);
    properties.put("commit.interval.ms", "200");
    if (name.equals("two")) {
      properties.put("num.stream.threads", "2");
      properties.put("num.standby.replicas", "1");
      // a member that restarts is expected back within this time
      properties.put("session.timeout.ms", "20000");
    }
    EddyApp app = EddyApp.of(EddyConfig.of(properties));
    app.start();
    return app;
  }

  private void feed(int from, int to) {
    try (Producer<byte[], byte[]> producer = Topics.producer(servers)) {
      for (int row = from; row < to; row++) {
        producer.send(fixes.get(row).record("storms", row));
      }
    }
  }

  private List<ConsumerRecord<byte[], byte[]>> predictions(String name) {
    return Committed.read(servers, name + ".predictions", PARTITIONS, EVENTS);
  }

  /** Partitions that have predictions at all. */
  private void awaitPartitions(String name, int count) {
    long deadline = System.nanoTime() + Committed.PATIENCE.toNanos();
    boolean[] seen = new boolean[PARTITIONS];
    try (Consumer<byte[], byte[]> consumer =
        Topics.committed(servers, name + ".predictions", PARTITIONS)) {
      int found = 0;
      while (found < count) {
        assertThat(System.nanoTime()).as("%d partitions", found).isLessThan(deadline);
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
          found += seen[record.partition()] ? 0 : 1;
          seen[record.partition()] = true;
        }
      }
    }
  }

  @Test
  void twoInstances_restartedOneAfterTheOther_predictAsOneDoesAlone() throws Exception {
    EddyApp first = start("two", 1);
    EddyApp second = start("two", 2);
    feed(0, EVENTS / 3);
    awaitPartitions("two", PARTITIONS);
    first.close();
    feed(EVENTS / 3, EVENTS / 2);
    try (EddyApp firstAgain = start("two", 1)) {
      second.close();
      feed(EVENTS / 2, EVENTS);
      try (EddyApp secondAgain = start("two", 2)) {
        List<ConsumerRecord<byte[], byte[]>> actual = predictions("two");
        try (EddyApp alone = start("one", 1)) {
          Committed.assertEqual(actual, predictions("one"));
          assertThat(alone.failure()).isEmpty();
        }
        assertThat(actual).hasSize(EVENTS);
        assertThat(firstAgain.failure()).isEmpty();
        assertThat(secondAgain.failure()).isEmpty();
      }
    }
    assertThat(state("two", LearningProcessor.WEIGHTS))
        .hasSize(PARTITIONS)
        .isEqualTo(state("one", LearningProcessor.WEIGHTS));
    assertThat(state("two", LearningProcessor.KEYS))
        .isEqualTo(state("one", LearningProcessor.KEYS));
  }

  private Map<String, String> state(String name, String store) {
    return Committed.state(Committed.all(servers, name + "-" + store + "-changelog", PARTITIONS));
  }
}
