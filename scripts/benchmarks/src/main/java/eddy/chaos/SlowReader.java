package eddy.chaos;

import eddy.audit.Auditor;
import eddy.benchmark.Onlooker;
import eddy.crash.Cluster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/**
 * Someone who reads predictions in small sips, now and then not at all, and is to get every one of
 * them once.
 */
final class SlowReader implements AutoCloseable {
  private static final int SIP = 200;

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Map<Integer, List<byte[]>> read = new TreeMap<>();
  private final Thread thread = new Thread(this::run, "slow reader");
  private volatile boolean stalled;
  private volatile boolean ended;

  SlowReader(String bootstrapServers, String topic) {
    consumer = Onlooker.ofCommitted(bootstrapServers, topic, Cluster.PARTITIONS);
    thread.start();
  }

  private void run() {
    try {
      while (!ended) {
        if (!stalled) {
          sip();
        }
        Thread.sleep(SIP);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void sip() {
    consumer
        .poll(Duration.ofMillis(SIP))
        .forEach(
            record ->
                read.computeIfAbsent(record.partition(), p -> new ArrayList<>())
                    .add(Auditor.hash(record)));
  }

  void stall(boolean now) {
    stalled = now;
  }

  /** Reads up to these many records, then ends. */
  Map<Integer, List<byte[]>> finish(Map<Integer, List<byte[]>> expected)
      throws InterruptedException {
    ended = true;
    thread.join();
    long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    while (count(read) < count(expected) && System.nanoTime() < deadline) {
      sip();
    }
    sip(); // one too many would be seen
    return read;
  }

  private static long count(Map<Integer, List<byte[]>> records) {
    return records.values().stream().mapToLong(List::size).sum();
  }

  @Override
  public void close() {
    ended = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    consumer.close();
  }
}
