package eddy.crash;

import eddy.benchmark.Onlooker;
import eddy.config.EddyConfig;
import eddy.state.StoredValues;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;

/**
 * What an app leaves behind, for readers of committed records.
 *
 * @param predictions by partition, in order: everything but offsets
 * @param weights by partition and key
 * @param keys states by partition and key
 */
record Remains(
    Map<Integer, List<String>> predictions, Map<String, String> weights, Map<String, String> keys) {

  /** Reads the topics of an app that has stopped. */
  static Remains read(String bootstrapServers) {
    Map<Integer, List<String>> predictions = new LinkedHashMap<>();
    try (Consumer<byte[], byte[]> consumer = Onlooker.of(bootstrapServers, "read_committed");
        Consumer<byte[], byte[]> written = Onlooker.of(bootstrapServers, "read_uncommitted")) {
      for (ConsumerRecord<byte[], byte[]> record : all(consumer, written, Row.PREDICTIONS)) {
        predictions.computeIfAbsent(record.partition(), p -> new ArrayList<>()).add(line(record));
      }
    }
    return new Remains(
        predictions,
        stored(bootstrapServers, Row.APPLICATION, "weights"),
        stored(bootstrapServers, Row.APPLICATION, "keys"));
  }

  /** What a store holds at its end, by partition and key. */
  static Map<String, String> stored(String bootstrapServers, EddyConfig config, String store) {
    return stored(bootstrapServers, config.originals().get("application.id").toString(), store);
  }

  private static Map<String, String> stored(
      String bootstrapServers, String application, String store) {
    try (Consumer<byte[], byte[]> consumer = Onlooker.of(bootstrapServers, "read_committed");
        Consumer<byte[], byte[]> written = Onlooker.of(bootstrapServers, "read_uncommitted")) {
      return StoredValues.of(all(consumer, written, application + "-eddy-" + store + "-changelog"));
    }
  }

  /** Waits for transactions whose end the brokers have not yet noted in the topic. */
  private static List<ConsumerRecord<byte[], byte[]>> all(
      Consumer<byte[], byte[]> consumer, Consumer<byte[], byte[]> written, String topic) {
    List<TopicPartition> partitions = Onlooker.partitions(topic, Cluster.PARTITIONS);
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    Map<TopicPartition, Long> ends = written.endOffsets(partitions);
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
      consumer.poll(Duration.ofMillis(100)).forEach(records::add);
    }
    return records;
  }

  private static String line(ConsumerRecord<byte[], byte[]> record) {
    StringBuilder line = new StringBuilder();
    line.append(record.timestamp()).append(' ').append(text(record.key()));
    for (Header header : record.headers()) {
      line.append(' ').append(header.key()).append('=').append(text(header.value()));
    }
    return line.append(' ').append(text(record.value())).toString();
  }

  private static String text(byte[] bytes) {
    return bytes == null ? "null" : new String(bytes, StandardCharsets.UTF_8);
  }

  /** What is different from these, in one line; empty where nothing is. */
  Optional<String> differenceFrom(Remains expected) {
    for (int partition = 0; partition < Cluster.PARTITIONS; partition++) {
      List<String> found = predictions.getOrDefault(partition, List.of());
      List<String> wanted = expected.predictions.getOrDefault(partition, List.of());
      for (int i = 0; i < Math.min(found.size(), wanted.size()); i++) {
        if (!found.get(i).equals(wanted.get(i))) {
          return Optional.of(
              "prediction "
                  + i
                  + " of partition "
                  + partition
                  + ": expected "
                  + wanted.get(i)
                  + ", found "
                  + found.get(i));
        }
      }
      if (found.size() != wanted.size()) {
        return Optional.of(
            "partition "
                + partition
                + ": expected "
                + wanted.size()
                + " predictions, found "
                + found.size());
      }
    }
    return difference("weights", weights, expected.weights)
        .or(() -> difference("key states", keys, expected.keys));
  }

  /** Where two sets of stored values differ. */
  static Optional<String> difference(
      String what, Map<String, String> found, Map<String, String> expected) {
    if (!found.keySet().equals(expected.keySet())) {
      return Optional.of(
          what + ": expected those of " + expected.size() + " keys, found " + found.size());
    }
    return expected.keySet().stream()
        .filter(key -> !expected.get(key).equals(found.get(key)))
        .findFirst()
        .map(key -> what + " of " + place(key) + " differ");
  }

  private static String place(String key) {
    String[] words = key.split(" ");
    byte[] name = HexFormat.of().parseHex(words[1]);
    return text(name) + " in partition " + words[0];
  }
}
