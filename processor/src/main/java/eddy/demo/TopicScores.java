package eddy.demo;

import eddy.config.EddyConfig;
import eddy.event.Decoded;
import eddy.event.JsonEventDecoder;
import eddy.event.PredictionRecord;
import eddy.report.PublishedScores;
import eddy.report.ScoredLine;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Scores of what an app publishes, made of its topics alone: the predictions that are committed,
 * and the events that they belong to. For topics of one partition, and for one thread.
 */
final class TopicScores implements AutoCloseable {
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final TopicPartition inputPartition;
  private final String output;
  private final JsonEventDecoder decoder;
  private final PublishedScores scores;
  private final Queue<ConsumerRecord<byte[], byte[]>> events = new ArrayDeque<>();
  private final Queue<PredictionRecord> predictions = new ArrayDeque<>();
  private long scored;
  private long rejected;

  /**
   * Reads all three topics from their start.
   *
   * @param lines takes every line as soon as its labels are there
   */
  TopicScores(String bootstrapServers, EddyConfig config, Consumer<ScoredLine> lines) {
    output = config.outputTopic();
    decoder = new JsonEventDecoder(config.schema(), config.eventMaxBytes());
    scores = new PublishedScores(config.targets(), config.schema(), config.sequence(), lines);
    Map<String, Object> settings =
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrapServers,
            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
            IsolationLevel.READ_COMMITTED.toString(),
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
            false);
    consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    inputPartition = new TopicPartition(config.inputTopic(), 0);
    List<TopicPartition> partitions =
        List.of(
            inputPartition,
            new TopicPartition(output, 0),
            new TopicPartition(config.deadLetterTopic(), 0));
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  /** Reads and scores what has been committed since the last call; waits for a while if nothing. */
  void poll(Duration wait) {
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(wait)) {
      if (record.topic().equals(inputPartition.topic())) {
        events.add(record);
      } else if (record.topic().equals(output)) {
        predictions.add(PredictionRecord.parse(record.value()));
      } else {
        rejected++;
      }
    }
    while (!events.isEmpty() && !predictions.isEmpty()) {
      ConsumerRecord<byte[], byte[]> event = events.remove();
      // events without a prediction of their own were rejected
      if (event.offset() == predictions.element().offset()) {
        score(event, predictions.remove());
      }
    }
  }

  private void score(ConsumerRecord<byte[], byte[]> record, PredictionRecord published) {
    Decoded decoded = decoder.decode(record.value(), record.timestamp(), record.offset());
    if (!(decoded instanceof Decoded.Accepted accepted)) {
      throw new IllegalStateException(
          published.id() + " has a prediction, but is no event: " + decoded);
    }
    String key = new String(record.key(), StandardCharsets.UTF_8);
    scores.accept(record.offset(), key, accepted.event(), published);
    scored++;
  }

  /** Number of events that have been written so far. */
  long written() {
    return consumer.endOffsets(List.of(inputPartition)).get(inputPartition);
  }

  /** Number of events that have been answered, by a prediction or by a dead letter. */
  long answered() {
    return scored + rejected;
  }

  long rejected() {
    return rejected;
  }

  /** Labels that fell due without a value. */
  long unlabelled() {
    return scores.unlabelled();
  }

  @Override
  public void close() {
    consumer.close();
  }
}
