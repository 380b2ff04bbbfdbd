package eddy.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Producers and consumers of raw bytes for tests. */
public final class Topics {
  private Topics() {}

  /** A producer that loses and repeats nothing, for records of up to 8 MiB. */
  public static Producer<byte[], byte[]> producer(String bootstrapServers) {
    Map<String, Object> config =
        Map.of(
            "bootstrap.servers",
            bootstrapServers,
            "enable.idempotence",
            true,
            "max.request.size",
            8 << 20);
    return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** A consumer of committed records that is assigned the topic's first partitions. */
  public static Consumer<byte[], byte[]> committed(
      String bootstrapServers, String topic, int partitions) {
    Map<String, Object> config =
        Map.of(
            "bootstrap.servers",
            bootstrapServers,
            "isolation.level",
            "read_committed",
            "auto.offset.reset",
            "earliest",
            "enable.auto.commit",
            false);
    Consumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    List<TopicPartition> assigned =
        IntStream.range(0, partitions).mapToObj(p -> new TopicPartition(topic, p)).toList();
    consumer.assign(assigned);
    consumer.seekToBeginning(assigned);
    return consumer;
  }

  /**
   * The first committed records of a topic, in the order of each partition.
   *
   * @throws IllegalStateException when they do not come in time
   */
  public static List<ConsumerRecord<byte[], byte[]>> read(
      String bootstrapServers, String topic, int partitions, int count, Duration within) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    long deadline = System.nanoTime() + within.toNanos();
    try (Consumer<byte[], byte[]> consumer = committed(bootstrapServers, topic, partitions)) {
      while (records.size() < count) {
        if (System.nanoTime() > deadline) {
          throw new IllegalStateException(
              "Only " + records.size() + " of " + count + " records of " + topic + " in " + within);
        }
        consumer.poll(Duration.ofMillis(200)).forEach(records::add);
      }
    }
    return records;
  }
}
