package eddy.replay;

import eddy.config.ConfigurationException;
import eddy.config.EddyConfig;
import eddy.event.EventDecoder;
import eddy.event.EventSource;
import eddy.event.FieldSurvey;
import eddy.event.JsonEventDecoder;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The events of an app's input topic, partition by partition, up to where the topic ended when it
 * was opened.
 *
 * <p>Reads with a consumer that is in no group and commits nothing: an app on the same topic does
 * not notice. Only records of committed transactions are read.
 */
public final class TopicInput implements Closeable {
  private static final Duration TIMEOUT = Duration.ofSeconds(15);

  private final Consumer<byte[], byte[]> consumer;
  private final String topic;
  private final FieldSurvey survey;
  private final List<PartitionSource> partitions = new ArrayList<>();
  private long nextRow;

  private TopicInput(Consumer<byte[], byte[]> consumer, EddyConfig config) {
    this.consumer = consumer;
    topic = config.inputTopic();
    survey = new FieldSurvey(config);
  }

  /**
   * Opens the input topic of a configuration; its consumer settings, such as those of encryption,
   * hold here too.
   *
   * @throws ConfigurationException where the topic is not there, or does not reach back to the
   *     range
   * @throws IOException where the broker cannot be asked
   */
  public static TopicInput open(EddyConfig config, String bootstrapServers, TopicRange range)
      throws IOException {
    if (config.inputTopic() == null) {
      throw new ConfigurationException(
          "eddy.input.topic: is missing; write the name of the topic to be replayed");
    }
    TopicInput input;
    try {
      input =
          new TopicInput(
              new KafkaConsumer<>(settings(config.streamsProperties(), bootstrapServers)), config);
    } catch (KafkaException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new ConfigurationException(
          "--bootstrap-servers " + bootstrapServers + ": " + cause.getMessage());
    }
    try {
      input.divide(config, bootstrapServers, range);
      return input;
    } catch (TimeoutException e) {
      input.close();
      throw new ConfigurationException(
          "--bootstrap-servers "
              + bootstrapServers
              + ": no broker answered within "
              + TIMEOUT.toSeconds()
              + " s; check the address, and that the broker runs");
    } catch (KafkaException e) {
      input.close();
      throw new IOException(bootstrapServers + ": " + e.getMessage(), e);
    } catch (RuntimeException e) {
      input.close();
      throw e;
    }
  }

  private static Map<String, Object> settings(Properties given, String bootstrapServers) {
    Map<String, Object> settings = new HashMap<>();
    for (String prefix : List.of("", "consumer.", "main.consumer.")) {
      for (String name : ConsumerConfig.configNames()) {
        Object value = given.get(prefix + name);
        if (value != null) {
          settings.put(name, value);
        }
      }
    }
    // what would make it a member of a group, or would show it as the app
    settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
    settings.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
    settings.remove(ConsumerConfig.GROUP_PROTOCOL_CONFIG);
    settings.remove(ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG);
    settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "eddy-replay");
    settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) TIMEOUT.toMillis());
    settings.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    settings.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    return settings;
  }

  private void divide(EddyConfig config, String bootstrapServers, TopicRange range) {
    List<PartitionInfo> found = consumer.partitionsFor(topic);
    if (found == null || found.isEmpty()) {
      throw new ConfigurationException(
          "eddy.input.topic="
              + topic
              + ": there is no such topic at "
              + bootstrapServers
              + "; name one that exists, or create it with kafka-topics --create");
    }
    List<TopicPartition> all =
        found.stream()
            .map(info -> new TopicPartition(topic, info.partition()))
            .sorted(Comparator.comparingInt(TopicPartition::partition))
            .toList();
    Map<TopicPartition, Long> first = consumer.beginningOffsets(all);
    Map<TopicPartition, Long> end = consumer.endOffsets(all);
    Map<TopicPartition, Long> from = range.from() == null ? first : offsets(range.from(), end);
    Map<TopicPartition, Long> to = range.to() == null ? end : offsets(range.to(), end);
    EventDecoder decoder = new JsonEventDecoder(config.schema(), config.eventMaxBytes());
    for (TopicPartition partition : all) {
      if (from.get(partition) < first.get(partition)) {
        throw new ConfigurationException(
            "--from-offset "
                + from.get(partition)
                + ": "
                + partition
                + " begins at offset "
                + first.get(partition)
                + ", earlier records have been deleted; start there");
      }
      partitions.add(
          new PartitionSource(
              consumer,
              partition,
              from.get(partition),
              Math.min(to.get(partition), end.get(partition)),
              decoder,
              survey,
              () -> nextRow++));
    }
  }

  private Map<TopicPartition, Long> offsets(TopicRange.Bound bound, Map<TopicPartition, Long> end) {
    Map<TopicPartition, Long> offsets = new HashMap<>(end);
    if (bound instanceof TopicRange.Bound.Offset offset) {
      offsets.replaceAll((partition, unused) -> offset.offset());
    } else if (bound instanceof TopicRange.Bound.Time time) {
      Map<TopicPartition, Long> times = new HashMap<>();
      end.keySet().forEach(partition -> times.put(partition, time.timestamp()));
      for (Map.Entry<TopicPartition, OffsetAndTimestamp> found :
          consumer.offsetsForTimes(times).entrySet()) {
        // where no record is as late, the end stays
        if (found.getValue() != null) {
          offsets.put(found.getKey(), found.getValue().offset());
        }
      }
    }
    return offsets;
  }

  /** The partitions, to be read one after another in this order. */
  public List<? extends EventSource> partitions() {
    return List.copyOf(partitions);
  }

  /**
   * Checks that the events read so far have the fields of the configuration: the first question
   * where nothing could be scored.
   *
   * @throws ConfigurationException with a line for every field that was in none of them
   */
  public void requireFields() {
    survey.requireFields("topic " + topic);
  }

  @Override
  public void close() {
    consumer.close();
  }
}
