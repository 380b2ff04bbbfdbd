package eddy.stream;

import static org.assertj.core.api.Assertions.assertThat;

import eddy.broker.BrokerSettings;
import eddy.broker.EmbeddedBroker;
import eddy.cli.Eddy;
import eddy.task.TaskStores;
import eddy.testing.ChildJvm;
import eddy.testing.Topics;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The promise of exactly-once learning: killed at any moment, nothing is lost and nothing twice.
 */
class KillIT {
  private static final int KILLS = 3;
  private static final int BATCH = 40;
  private static final int AHEAD = Storms.EVENTS / 5;

  @TempDir Path directory;
  private EmbeddedBroker broker;
  private String servers;
  private List<Storms.Fix> fixes;
  private Producer<byte[], byte[]> producer;
  private int fed;

  @BeforeEach
  void startBroker() throws IOException {
    broker =
        EmbeddedBroker.startTemporary(
            BrokerSettings.defaults()
                // the transaction of an app that lost its state directory ends by time alone
                .with("transaction.abort.timed.out.transaction.cleanup.interval.ms", 500));
    servers = broker.bootstrapServers();
    producer = Topics.producer(servers);
    fixes = Storms.fixes();
    assertThat(fixes).hasSize(Storms.EVENTS);
  }

  @AfterEach
  void stopBroker() {
    producer.close();
    broker.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void kill9_inOpenTransactions_everyByteEqualsAnUndisturbedRun(int partitions) throws Exception {
    broker.createTopic("storms", partitions, Storms.KEPT);
    for (String name : List.of("killed", "calm")) {
      broker.createTopic(name + ".predictions", partitions, Storms.KEPT);
      broker.createTopic(name + ".scores", partitions, Storms.KEPT);
      broker.createTopic(name + ".drift", partitions, Storms.KEPT);
      broker.createTopic(name + ".rejected", 1, Map.of());
    }
    feed(BATCH);

    for (int kill = 1; kill <= KILLS; kill++) {
      try (ChildJvm app = start("killed")) {
        feedUntilCommitted(kill * Storms.EVENTS / (KILLS + 1), app, partitions);
        app.kill();
      }
      if (kill == 2) {
        delete(directory.resolve("killed"));
      }
    }
    try (ChildJvm killed = start("killed");
        ChildJvm calm = start("calm")) {
      feed(Storms.EVENTS);
      List<ConsumerRecord<byte[], byte[]>> expected = predictions("calm", partitions);
      List<ConsumerRecord<byte[], byte[]>> actual = predictions("killed", partitions);

      assertThat(calm.stop(Committed.PATIENCE)).as(calm.output()).isZero();
      assertThat(killed.stop(Committed.PATIENCE)).as(killed.output()).isZero();
      Committed.assertEqual(actual, expected);
      for (String told : List.of(".scores", ".drift")) {
        List<ConsumerRecord<byte[], byte[]>> undisturbed = told("calm" + told, partitions);
        Committed.assertEqual(told("killed" + told, partitions), undisturbed);
        assertThat(undisturbed).as(told).isNotEmpty();
      }
      for (String store : List.of(TaskStores.LOSSES, TaskStores.DRIFT)) {
        assertThat(finalState("killed", store, partitions))
            .isEqualTo(finalState("calm", store, partitions))
            .isNotEmpty();
      }
      assertThat(Committed.all(servers, "killed.predictions", partitions))
          .as("nothing comes after the end")
          .hasSize(Storms.EVENTS);
      assertThat(finalState("killed", LearningProcessor.WEIGHTS, partitions))
          .isEqualTo(finalState("calm", LearningProcessor.WEIGHTS, partitions))
          .hasSize(partitions);
      assertThat(finalState("killed", LearningProcessor.KEYS, partitions))
          .isEqualTo(finalState("calm", LearningProcessor.KEYS, partitions))
          .hasSize((int) fixes.stream().map(fix -> new String(fix.key())).distinct().count());
      assertThat(uncommitted("killed.predictions", partitions))
          .as("records that kills left in open transactions")
          .isGreaterThan(Storms.EVENTS);
    }
  }

  private ChildJvm start(String name) throws IOException {
    Map<String, String> configuration = Storms.configuration(name, servers);
    configuration.put("eddy.scores.topic", name + ".scores");
    configuration.put("eddy.drift.topic", name + ".drift");
    // so easily alarmed that kills fall between an alarm and the end of what it does
    configuration.put("eddy.drift", "page-hinkley(0.001,2)");
    configuration.put("eddy.drift.action", "boost(2,200)");
    configuration.put("state.dir", directory.resolve(name).toString());
    configuration.put("num.stream.threads", "2");
    configuration.put("commit.interval.ms", "400");
    configuration.put("producer.transaction.timeout.ms", "4000");
    // sent as soon as it is known, not with the commit, so that kills find records there
    configuration.put("producer.linger.ms", "0");
    // a static member that comes back under its name need not wait for the session to end
    configuration.put("group.instance.id", name);
    configuration.put("session.timeout.ms", "6000");
    Properties properties = new Properties();
    properties.putAll(configuration);
    Path file = directory.resolve(name + ".properties");
    try (OutputStream out = Files.newOutputStream(file)) {
      properties.store(out, null);
    }
    Path console = directory.resolve(name + ".log");
    return ChildJvm.start(Eddy.class, console, "run", "--config", file.toString());
  }

  private void feed(int to) {
    for (; fed < to; fed++) {
      producer.send(fixes.get(fed).record("storms", fed));
    }
    producer.flush();
  }

  /**
   * Feeds batch by batch, never far ahead of the app, until so many predictions are committed and
   * others stand in an open transaction.
   */
  private void feedUntilCommitted(int count, ChildJvm app, int partitions) throws IOException {
    long deadline = System.nanoTime() + Committed.PATIENCE.toNanos();
    String topic = "killed.predictions";
    int committed = 0;
    try (Consumer<byte[], byte[]> reader = Topics.committed(servers, topic, partitions);
        Consumer<byte[], byte[]> all = onlooker("read_uncommitted");
        // not the reader: its question would wait behind a fetch, which a commit answers
        Consumer<byte[], byte[]> stable = onlooker("read_committed")) {
      while (committed < count || end(all, topic, partitions) <= end(stable, topic, partitions)) {
        assertThat(app.isAlive()).as(app.output()).isTrue();
        assertThat(System.nanoTime())
            .as("%d of %d committed:%n%s", committed, count, app.output())
            .isLessThan(deadline);
        if (fed < Math.min(Storms.EVENTS - BATCH, committed + Storms.EVENTS / 5)) {
          feed(fed + BATCH);
        }
        committed += reader.poll(Duration.ofMillis(5)).count();
      }
    }
    assertThat(fed).as("events fed when the app was killed").isLessThan(Storms.EVENTS);
  }

  private Consumer<byte[], byte[]> onlooker(String isolation) {
    return new KafkaConsumer<>(
        Map.of(
            "bootstrap.servers",
            servers,
            "enable.auto.commit",
            false,
            "isolation.level",
            isolation),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }

  /** Records and markers, up to the first open transaction for a reader of committed records. */
  private static long end(Consumer<byte[], byte[]> consumer, String topic, int partitions) {
    return consumer.endOffsets(partitionsOf(topic, partitions)).values().stream()
        .mapToLong(Long::longValue)
        .sum();
  }

  private static List<TopicPartition> partitionsOf(String topic, int partitions) {
    return IntStream.range(0, partitions).mapToObj(p -> new TopicPartition(topic, p)).toList();
  }

  /** Number of records, those of aborted transactions too. */
  private int uncommitted(String topic, int partitions) {
    int count = 0;
    try (Consumer<byte[], byte[]> onlooker = onlooker("read_uncommitted")) {
      List<TopicPartition> assigned = partitionsOf(topic, partitions);
      onlooker.assign(assigned);
      onlooker.seekToBeginning(assigned);
      Map<TopicPartition, Long> ends = onlooker.endOffsets(assigned);
      while (assigned.stream().anyMatch(p -> onlooker.position(p) < ends.get(p))) {
        count += onlooker.poll(Duration.ofMillis(100)).count();
      }
    }
    return count;
  }

  private List<ConsumerRecord<byte[], byte[]>> predictions(String name, int partitions) {
    return Committed.read(servers, name + ".predictions", partitions, Storms.EVENTS);
  }

  private List<ConsumerRecord<byte[], byte[]>> told(String topic, int partitions) {
    return Committed.all(servers, topic, partitions).stream()
        .sorted(
            Comparator.<ConsumerRecord<byte[], byte[]>>comparingInt(ConsumerRecord::partition)
                .thenComparingLong(ConsumerRecord::offset))
        .toList();
  }

  private Map<String, String> finalState(String name, String store, int partitions) {
    String changelog = name + "-" + store + "-changelog";
    return Committed.state(Committed.all(servers, changelog, partitions));
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
