package eddy.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
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
            // or a first batch that comes too early for a new topic is overtaken for ever
            "max.in.flight.requests.per.connection",
            1,
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
   * All committed records of a topic once there are enough of them, in the order of each partition.
   *
   * @throws IllegalStateException when they do not come in time
   */
  public static List<ConsumerRecord<byte[], byte[]>> read(
      String bootstrapServers, String topic, int partitions, int atLeast, Duration within) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    long deadline = System.nanoTime() + within.toNanos();
    try (Consumer<byte[], byte[]> consumer = committed(bootstrapServers, topic, partitions)) {
      // To the end even when there are enough, or one too many would not be noticed.
      while (records.size() < atLeast || !atEnd(consumer)) {
        if (System.nanoTime() > deadline) {
          throw new IllegalStateException(
              records.size() + " records of " + topic + " in " + within + ", not " + atLeast);
        }
        consumer.poll(Duration.ofMillis(200)).forEach(records::add);
      }
    }
    return records;
  }

  /** Ends of partitions, records of open transactions included. */
  public static Map<TopicPartition, Long> ends(
      String bootstrapServers, Collection<TopicPartition> partitions) {
    try (Consumer<byte[], byte[]> onlooker =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrapServers),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      return onlooker.endOffsets(partitions);
    }
  }

  private static boolean atEnd(Consumer<?, ?> consumer) {
    return consumer.endOffsets(consumer.assignment()).entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
  }
}
