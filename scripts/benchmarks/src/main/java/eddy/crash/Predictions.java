package eddy.crash;

import eddy.benchmark.Onlooker;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/** Watches how many predictions are committed, partition by partition, and what is still open. */
final class Predictions implements AutoCloseable {
  private final Consumer<byte[], byte[]> committed;
  private final Consumer<byte[], byte[]> written;
  private final Consumer<byte[], byte[]> stable;
  private final List<TopicPartition> partitions;
  private final long[] counts = new long[Cluster.PARTITIONS];

  Predictions(String bootstrapServers) {
    partitions = Onlooker.partitions(Row.PREDICTIONS, Cluster.PARTITIONS);
    committed = Onlooker.ofCommitted(bootstrapServers, Row.PREDICTIONS, Cluster.PARTITIONS);
    written = Onlooker.of(bootstrapServers, "read_uncommitted");
    // not the reader: its question would wait behind a fetch, which a commit answers
    stable = Onlooker.of(bootstrapServers, "read_committed");
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
