package eddy.replay;

import eddy.config.ConfigurationException;
import eddy.config.EddyConfig;
import eddy.event.Decoders;
import eddy.event.EventDecoder;
import eddy.event.EventSource;
import eddy.event.FieldSurvey;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;

/**
 * The events of an app's input topic, partition by partition, up to where the topic ended when it
 * was opened.
 *
 * <p>Reads with a consumer that is in no group and commits nothing: an app on the same topic does
 * not notice. Only records of committed transactions are read.
 */
public final class TopicInput implements Closeable {
  private final Consumer<byte[], byte[]> consumer;
  private final String topic;
  private final EventDecoder decoder;
  private final FieldSurvey survey;
  private final List<PartitionSource> partitions = new ArrayList<>();
  private Map<TopicPartition, Long> ends = Map.of();
  private long nextRow;

  private TopicInput(Consumer<byte[], byte[]> consumer, EddyConfig config) {
    this.consumer = consumer;
    topic = config.inputTopic();
    decoder = Decoders.ofEvents(config, config.schema());
    survey = FieldSurvey.ofTopic(config);
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
    return open(config, bootstrapServers, range, Map.of());
  }

  /**
   * Opens the same records again, for another configuration of the same topic.
   *
   * @param ends of the first opening; records that have come since are left out
   */
  public static TopicInput open(
      EddyConfig config, String bootstrapServers, TopicRange range, Map<TopicPartition, Long> ends)
      throws IOException {
    if (config.inputTopic() == null) {
      throw new ConfigurationException(
          "eddy.input.topic: is missing; write the name of the topic to be replayed");
    }
    OutsideClients clients = new OutsideClients(config, bootstrapServers);
    TopicInput input = new TopicInput(clients.consumer(), config);
    try {
      return clients.first(() -> input.divide(config, clients, range, ends));
    } catch (IOException | RuntimeException e) {
      input.close();
      throw e;
    }
  }

  private TopicInput divide(
      EddyConfig config,
      OutsideClients clients,
      TopicRange range,
      Map<TopicPartition, Long> known) {
    List<TopicPartition> all = clients.partitions(consumer, "eddy.input.topic", topic);
    Map<TopicPartition, Long> first = consumer.beginningOffsets(all);
    ends = new HashMap<>(consumer.endOffsets(all));
    ends.replaceAll((partition, now) -> known.getOrDefault(partition, now));
    Map<TopicPartition, Long> from = range.from() == null ? first : offsets(range.from(), ends);
    Map<TopicPartition, Long> to = range.to() == null ? ends : offsets(range.to(), ends);
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
              new PartitionRecords(
                  consumer,
                  partition,
                  from.get(partition),
                  Math.min(to.get(partition), ends.get(partition))),
              decoder,
              survey,
              () -> nextRow++));
    }
    return this;
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

  /** Offsets after the last records that there were when the topic was opened. */
  public Map<TopicPartition, Long> ends() {
    return Map.copyOf(ends);
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
    decoder.close();
    survey.close();
    consumer.close();
  }
}
