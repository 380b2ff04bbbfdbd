package eddy.replay;

import eddy.event.Decoded;
import eddy.event.EventDecoder;
import eddy.event.EventSource;
import eddy.event.FieldSurvey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * The events of one partition between two offsets. Sizes are counted in offsets.
 *
 * <p>An event's position is its row: the number of records read before it, in all partitions.
 */
final class PartitionSource implements EventSource {
  /** Records that the survey of fields looks at. */
  private static final long SURVEYED = 100;

  private static final Duration POLL = Duration.ofMillis(500);

  /** Longest wait for a record that must be there. */
  private static final long PATIENCE_NANOS = Duration.ofSeconds(60).toNanos();

  private final Consumer<byte[], byte[]> consumer;
  private final TopicPartition partition;
  private final long from;
  private final long to;
  private final EventDecoder decoder;
  private final FieldSurvey survey;
  private final LongSupplier rows;
  private Iterator<ConsumerRecord<byte[], byte[]>> fetched = Collections.emptyIterator();
  private boolean started;
  private long nextOffset;
  private ConsumerRecord<byte[], byte[]> record;
  private long row;
  private Decoded decoded;

  /**
   * A source that reads nothing before its first move.
   *
   * @param consumer shared with other partitions, which are read before or after this one
   * @param from first offset
   * @param to offset after the last one
   * @param survey is shown the first records
   * @param rows gives the number of the next row
   */
  PartitionSource(
      Consumer<byte[], byte[]> consumer,
      TopicPartition partition,
      long from,
      long to,
      EventDecoder decoder,
      FieldSurvey survey,
      LongSupplier rows) {
    this.consumer = consumer;
    this.partition = partition;
    this.from = from;
    this.to = Math.max(from, to);
    this.decoder = decoder;
    this.survey = survey;
    this.rows = rows;
    nextOffset = from;
  }

  @Override
  public boolean next() throws IOException {
    if (!fetched.hasNext() && !fetch()) {
      return false;
    }
    record = fetched.next();
    if (record.offset() >= to) {
      nextOffset = to;
      fetched = Collections.emptyIterator();
      return false;
    }
    nextOffset = record.offset() + 1;
    row = rows.getAsLong();
    if (row < SURVEYED) {
      survey.add(record.value());
    }
    decoded =
        record.key() == null
            ? Decoded.NO_KEY
            : decoder.decode(record.value(), record.timestamp(), row);
    return true;
  }

  /** Fetches records; false where none is left before the end. */
  private boolean fetch() throws IOException {
    try {
      if (!started) {
        started = true;
        consumer.assign(List.of(partition));
        consumer.seek(partition, from);
      }
      long start = System.nanoTime();
      // the position also passes what is no record, such as the marks of transactions
      while (nextOffset < to && consumer.position(partition) < to) {
        fetched = consumer.poll(POLL).iterator();
        if (fetched.hasNext()) {
          return true;
        }
        if (System.nanoTime() - start > PATIENCE_NANOS) {
          throw new IOException(
              partition
                  + ": no record came for 60 s, though offset "
                  + consumer.position(partition)
                  + " must exist; is the broker well?");
        }
      }
      nextOffset = to;
      return false;
    } catch (KafkaException e) {
      throw new IOException(partition + ": " + e.getMessage(), e);
    }
  }

  @Override
  public String key() {
    return record.key() == null ? null : new String(record.key(), StandardCharsets.UTF_8);
  }

  @Override
  public long timestamp() {
    return record.timestamp();
  }

  @Override
  public long position() {
    return row;
  }

  @Override
  public Decoded decoded() {
    return decoded;
  }

  @Override
  public long bytesRead() {
    return nextOffset - from;
  }

  @Override
  public long bytesTotal() {
    return to - from;
  }

  /** Does nothing: the consumer belongs to the topic. */
  @Override
  public void close() {}
}
