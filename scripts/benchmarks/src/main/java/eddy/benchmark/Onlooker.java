package eddy.benchmark;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Consumers of bytes that belong to no group and commit nothing: an app does not notice them. */
public final class Onlooker {
  private Onlooker() {}

  /**
   * A consumer without partitions.
   *
   * @param isolation {@code read_committed} or {@code read_uncommitted}
   */
  public static KafkaConsumer<byte[], byte[]> of(String bootstrapServers, String isolation) {
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers",
            bootstrapServers,
            "isolation.level",
            isolation,
            "auto.offset.reset",
            "earliest",
            "enable.auto.commit",
            false);
    return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** A consumer of what is committed in the first partitions of a topic, from the beginning on. */
  public static KafkaConsumer<byte[], byte[]> ofCommitted(
      String bootstrapServers, String topic, int partitions) {
    KafkaConsumer<byte[], byte[]> consumer = of(bootstrapServers, "read_committed");
    consumer.assign(partitions(topic, partitions));
    consumer.seekToBeginning(consumer.assignment());
    return consumer;
  }

  /** The first partitions of a topic. */
  public static List<TopicPartition> partitions(String topic, int count) {
    return IntStream.range(0, count).mapToObj(number -> new TopicPartition(topic, number)).toList();
  }
}
