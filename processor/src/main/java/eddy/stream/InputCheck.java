package eddy.stream;

import eddy.config.ConfigurationException;
import eddy.config.EddyConfig;
import eddy.event.FieldSurvey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.StreamsConfig;

/**
 * Whether the events of the input topic carry the fields that the configuration names.
 *
 * <p>Reads the earliest events, outside of any group. An empty topic is taken as it is.
 */
final class InputCheck {
  /** Events that are looked at; where something is missing in all of them, more. */
  private static final int FEW = 100;

  // a label may be rare; reading on costs time only where the start would be refused
  private static final int MANY = 10_000;
  private static final Duration WITHIN = Duration.ofSeconds(15);
  private static final Duration POLL = Duration.ofMillis(200);

  private final EddyConfig config;
  private final List<TopicPartition> partitions;
  private final FieldSurvey survey;
  private long records;

  InputCheck(EddyConfig config, int partitions) {
    this.config = config;
    this.partitions =
        IntStream.range(0, partitions)
            .mapToObj(partition -> new TopicPartition(config.inputTopic(), partition))
            .toList();
    survey = FieldSurvey.ofTopic(config);
  }

  /** Throws a ConfigurationException with a line for each field that is in none of the events. */
  void check() throws InterruptedException {
    Map<String, Object> settings =
        new StreamsConfig(config.streamsProperties()).getRestoreConsumerConfigs("eddy-input-check");
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, IsolationLevel.READ_COMMITTED.toString());
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, FEW);
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      read(consumer, ends, FEW);
      if (!survey.missing().isEmpty()) {
        read(consumer, ends, MANY);
      }
    } catch (InterruptException e) {
      // it has set the flag again, which would keep the app from closing in order
      Thread.interrupted();
      throw new InterruptedException(e.getMessage());
    } catch (KafkaException e) {
      throw new ConfigurationException(
          "eddy.input.topic=" + config.inputTopic() + ": cannot be read: " + e.getMessage());
    } finally {
      survey.close();
    }
    survey.requireFields("topic " + config.inputTopic());
  }

  private void read(
      KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends, int until) {
    long deadline = System.nanoTime() + WITHIN.toNanos();
    while (records < until
        && System.nanoTime() < deadline
        && partitions.stream().anyMatch(at -> consumer.position(at) < ends.get(at))) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        survey.add(record.value(), record.headers());
        records++;
      }
    }
  }
}
