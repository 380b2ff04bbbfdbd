package eddy.crash;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Watches how many predictions are committed, partition by partition, and what is still open. */
final class Predictions implements AutoCloseable {
  private final Consumer<byte[], byte[]> committed;
  private final Consumer<byte[], byte[]> written;
  private final Consumer<byte[], byte[]> stable;
  private final List<TopicPartition> partitions;
  private final long[] counts = new long[Cluster.PARTITIONS];

  Predictions(String bootstrapServers) {
    committed = consumer(bootstrapServers, "read_committed");
    written = consumer(bootstrapServers, "read_uncommitted");
    // not the reader: its question would wait behind a fetch, which a commit answers
    stable = consumer(bootstrapServers, "read_committed");
    partitions = partitions(Row.PREDICTIONS);
    committed.assign(partitions);
    committed.seekToBeginning(partitions);
  }

  static List<TopicPartition> partitions(String topic) {
    return IntStream.range(0, Cluster.PARTITIONS)
        .mapToObj(partition -> new TopicPartition(topic, partition))
        .toList();
  }

  static Consumer<byte[], byte[]> consumer(String bootstrapServers, String isolation) {
    Map<String, Object> settings = new HashMap<>();
    settings.put("bootstrap.servers", bootstrapServers);
    settings.put("isolation.level", isolation);
    settings.put("auto.offset.reset", "earliest");
    settings.put("enable.auto.commit", false);
    return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** Takes note of what has been committed in the meantime; waits for some milliseconds. */
  void poll() {
    committed.poll(Duration.ofMillis(10)).forEach(record -> counts[record.partition()]++);
  }

  /** Number of committed predictions in each partition. */
  long[] counts() {
    return counts.clone();
  }

  /** Number of committed predictions. */
  long count() {
    return IntStream.range(0, counts.length).mapToLong(i -> counts[i]).sum();
  }

  /** Whether predictions are written that are not committed. */
  boolean isTransactionOpen() {
    return end(written) > end(stable);
  }

  private long end(Consumer<byte[], byte[]> consumer) {
    return consumer.endOffsets(partitions).values().stream().mapToLong(Long::longValue).sum();
  }

  @Override
  public void close() {
    committed.close();
    written.close();
    stable.close();
  }
}
