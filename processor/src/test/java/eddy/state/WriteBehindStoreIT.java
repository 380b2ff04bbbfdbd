package eddy.state;

import static org.assertj.core.api.Assertions.assertThat;

import eddy.broker.BrokerSettings;
import eddy.broker.EmbeddedBroker;
import eddy.testing.ChildJvm;
import eddy.testing.Topics;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the store promises: killed at any moment, an application loses and repeats nothing. */
class WriteBehindStoreIT {
  private static final int EVENTS = 40_000;
  private static final int BATCH = 500;
  private static final int KEYS = 2_000;
  private static final int PARTITIONS = 3;
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  @TempDir Path directory;
  private EmbeddedBroker broker;

  @BeforeEach
  void startBroker() {
    broker = EmbeddedBroker.startTemporary(BrokerSettings.defaults());
    broker.createTopic(SumApp.INPUT, PARTITIONS, Map.of());
    broker.createTopic("calm", PARTITIONS, Map.of());
    broker.createTopic("killed", PARTITIONS, Map.of());
  }

  @AfterEach
  void stopBroker() {
    broker.close();
  }

  @Test
  void kill9_twiceInMidStream_outputEqualsThatOfAnUndisturbedRun() throws Exception {
    int fed = 0;
    try (ChildJvm calm = start("calm", Long.MAX_VALUE)) {
      // The bound makes objects leave the heap between commits, which must not be seen either.
      for (int kill = 1; kill <= 2; kill++) {
        try (ChildJvm killed = start("killed", 1_000_000)) {
          fed = feedUntilCommitted(fed, kill * EVENTS / 4);
          assertThat(killed.isAlive()).as("the application runs until it is killed").isTrue();
          killed.kill();
        }
        assertThat(fed).as("events fed when it was killed").isLessThan(EVENTS);
      }
      try (ChildJvm killed = start("killed", 1_000_000)) {
        feed(fed, EVENTS);

        List<ConsumerRecord<byte[], byte[]>> expected = read("calm");
        List<ConsumerRecord<byte[], byte[]>> actual = read("killed");

        assertThat(expected).hasSize(EVENTS);
        assertThat(actual).hasSize(EVENTS);
        assertThat(firstDifference(lines(actual), lines(expected))).isEmpty();
        assertThat(sums(actual)).isEqualTo(sumsOfInput());
        assertThat(killed.stop(PATIENCE)).isEqualTo(143);
        assertThat(calm.stop(PATIENCE)).isEqualTo(143);
        assertThat(read("killed")).as("nothing more after the end").hasSize(EVENTS);
      }
    }
  }

  private ChildJvm start(String name, long heapBytes) throws IOException {
    return ChildJvm.start(
        SumApp.class,
        directory.resolve(name + ".log"),
        broker.bootstrapServers(),
        "sum-" + name,
        name,
        directory.resolve(name).toString(),
        String.valueOf(heapBytes));
  }

  /** Feeds batch by batch, so that the stream is still running when the count is reached. */
  private int feedUntilCommitted(int from, int count) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    int fed = from;
    int committed = 0;
    try (Consumer<byte[], byte[]> consumer =
        Topics.committed(broker.bootstrapServers(), "killed", PARTITIONS)) {
      while (committed < count) {
        assertThat(System.nanoTime()).as("%d committed", committed).isLessThan(deadline);
        // Never far ahead of the application, or there would be no stream left to kill it in.
        if (fed < committed + EVENTS / 4) {
          feed(fed, fed + BATCH);
          fed += BATCH;
        }
        committed += consumer.poll(Duration.ofMillis(50)).count();
      }
    }
    feed(fed, fed + BATCH);
    return fed + BATCH;
  }

  private void feed(int from, int to) {
    try (Producer<byte[], byte[]> producer = Topics.producer(broker.bootstrapServers())) {
      for (int i = from; i < to; i++) {
        int key = key(i);
        byte[] keyBytes = ByteBuffer.allocate(4).putInt(key).array();
        byte[] value = ByteBuffer.allocate(8).putLong(number(i)).array();
        int partition = SumApp.partition(keyBytes, PARTITIONS);
        producer.send(new ProducerRecord<>(SumApp.INPUT, partition, keyBytes, value));
      }
    }
  }

  private static int key(int event) {
    return new Random(event).nextInt(KEYS);
  }

  private static long number(int event) {
    return 1 + event % 1000;
  }

  private List<ConsumerRecord<byte[], byte[]>> read(String topic) {
    return Topics.read(broker.bootstrapServers(), topic, PARTITIONS, EVENTS, PATIENCE);
  }

  /** Key and value of each record, in order, partition after partition. */
  private static List<String> lines(List<ConsumerRecord<byte[], byte[]>> records) {
    HexFormat hex = HexFormat.of();
    return records.stream()
        .sorted(
            Comparator.<ConsumerRecord<byte[], byte[]>>comparingInt(ConsumerRecord::partition)
                .thenComparingLong(ConsumerRecord::offset))
        .map(
            record ->
                record.partition()
                    + ": "
                    + hex.formatHex(record.key())
                    + "="
                    + hex.formatHex(record.value()))
        .toList();
  }

  private static String firstDifference(List<String> actual, List<String> expected) {
    for (int i = 0; i < expected.size(); i++) {
      if (!actual.get(i).equals(expected.get(i))) {
        return "record " + i + " is " + actual.get(i) + " instead of " + expected.get(i);
      }
    }
    return "";
  }

  private static Map<Integer, Long> sums(List<ConsumerRecord<byte[], byte[]>> records) {
    Map<Integer, Long> sums = new TreeMap<>();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      sums.put(ByteBuffer.wrap(record.key()).getInt(), ByteBuffer.wrap(record.value()).getLong());
    }
    return sums;
  }

  private static Map<Integer, Long> sumsOfInput() {
    Map<Integer, Long> sums = new TreeMap<>();
    for (int i = 0; i < EVENTS; i++) {
      sums.merge(key(i), number(i), Long::sum);
    }
    return sums;
  }
}
