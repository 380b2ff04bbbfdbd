package eddy.stream;

import static org.assertj.core.api.Assertions.assertThat;

import eddy.state.StoredValues;
import eddy.testing.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;

/** What a topic holds for readers of committed records, in forms that tests compare. */
final class Committed {
  static final Duration PATIENCE = Duration.ofSeconds(180);

  private Committed() {}

  /** The first records of a topic, partition after partition. */
  static List<ConsumerRecord<byte[], byte[]>> read(
      String bootstrapServers, String topic, int partitions, int count) {
    return Topics.read(bootstrapServers, topic, partitions, count, PATIENCE).stream()
        .sorted(
            Comparator.<ConsumerRecord<byte[], byte[]>>comparingInt(ConsumerRecord::partition)
                .thenComparingLong(ConsumerRecord::offset))
        .toList();
  }

  /**
   * All records that a topic holds now, partition after partition. A transaction that is being
   * committed, or given up, while this is asked is waited for.
   */
  static List<ConsumerRecord<byte[], byte[]>> all(
      String bootstrapServers, String topic, int partitions) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (Consumer<byte[], byte[]> consumer =
        Topics.committed(bootstrapServers, topic, partitions)) {
      Map<TopicPartition, Long> ends = Topics.ends(bootstrapServers, consumer.assignment());
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      for (TopicPartition partition : consumer.assignment()) {
        while (consumer.position(partition) < ends.get(partition)) {
          assertThat(System.nanoTime())
              .as("%s is read up to %d", partition, consumer.position(partition))
              .isLessThan(deadline);
          consumer.poll(Duration.ofMillis(100)).forEach(records::add);
        }
      }
    }
    return records;
  }

  /** Everything about a record but its offset. */
  static String line(ConsumerRecord<byte[], byte[]> record) {
    StringBuilder line = new StringBuilder();
    line.append(record.partition()).append(' ').append(record.timestamp()).append(' ');
    line.append(hex(record.key())).append(' ').append(hex(record.value()));
    for (Header header : record.headers()) {
      line.append(' ').append(header.key()).append('=').append(hex(header.value()));
    }
    return line.toString();
  }

  private static String hex(byte[] bytes) {
    return bytes == null ? "null" : HexFormat.of().formatHex(bytes);
  }

  /** Compares two runs record by record; names the first that differs. */
  static void assertEqual(
      List<ConsumerRecord<byte[], byte[]>> actual, List<ConsumerRecord<byte[], byte[]>> expected) {
    for (int i = 0; i < Math.min(actual.size(), expected.size()); i++) {
      if (!line(actual.get(i)).equals(line(expected.get(i)))) {
        assertThat(shown(actual.get(i))).as("record %d", i).isEqualTo(shown(expected.get(i)));
        assertThat(line(actual.get(i))).as("record %d", i).isEqualTo(line(expected.get(i)));
      }
    }
    assertThat(actual).hasSameSizeAs(expected);
  }

  private static String shown(ConsumerRecord<byte[], byte[]> record) {
    return new String(record.value(), StandardCharsets.UTF_8);
  }

  /** What the changelog of a store holds at its end. */
  static Map<String, String> state(Collection<ConsumerRecord<byte[], byte[]>> changelog) {
    return StoredValues.of(changelog);
  }
}
