package eddy.benchmark.state;

import eddy.benchmark.Onlooker;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** What a store wrote to the changelog of one partition, and what it would have without parts. */
final class Changelog {
  /** Version and length, before the bytes of every chunk and in a value's table of parts. */
  private static final int HEADER = Long.BYTES + Integer.BYTES;

  private long bytes;
  private long bytesWithoutParts;
  private long values;
  private long records;
  private final Map<Integer, Integer> last = new TreeMap<>();

  /** Reads a topic whole; only what was committed counts. */
  static Changelog read(String bootstrapServers, String topic) {
    Changelog changelog = new Changelog();
    TopicPartition partition = new TopicPartition(topic, 0);
    try (KafkaConsumer<byte[], byte[]> consumer =
        Onlooker.ofCommitted(bootstrapServers, topic, 1)) {
      long end = consumer.endOffsets(List.of(partition)).get(partition);
      while (consumer.position(partition) < end) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
          changelog.add(record.key(), record.value());
        }
      }
    }
    return changelog;
  }

  private void add(byte[] key, byte[] value) {
    records++;
    bytes += key.length + (value == null ? 0 : value.length);
    int at = Arrays.hashCode(key);
    if (value == null) {
      last.remove(at);
      return;
    }
    ByteBuffer stored = ByteBuffer.wrap(value);
    boolean first = key[0] == 0;
    int parts = first ? stored.getInt(HEADER) : 0;
    int content = HEADER + (first ? Integer.BYTES + parts * HEADER : 0);
    last.put(at, Arrays.hashCode(Arrays.copyOfRange(value, content, value.length)));
    if (first) {
      values++;
      bytesWithoutParts += key.length + value.length;
      for (int part = 0; part < parts; part++) {
        bytesWithoutParts += stored.getInt(HEADER + Integer.BYTES + part * HEADER + Long.BYTES);
      }
    }
  }

  long records() {
    return records;
  }

  /** Values that were written, each with the parts that had changed. */
  long values() {
    return values;
  }

  long bytes() {
    return bytes;
  }

  /** The same writes, had each been of the whole value. */
  long bytesWithoutParts() {
    return bytesWithoutParts;
  }

  /** What stands in the store at the end, whatever the writes that made it. */
  Map<Integer, Integer> last() {
    return last;
  }
}
