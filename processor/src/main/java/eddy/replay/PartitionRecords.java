package eddy.replay;

import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** The committed records of one partition between two offsets, one after another. */
final class PartitionRecords {
  private static final Duration POLL = Duration.ofMillis(500);

  /** Longest wait for a record that must be there. */
  private static final long PATIENCE_NANOS = Duration.ofSeconds(60).toNanos();

  private final Consumer<byte[], byte[]> consumer;
  private final TopicPartition partition;
  private final long from;
  private final long to;
  private Iterator<ConsumerRecord<byte[], byte[]>> fetched = Collections.emptyIterator();
  private boolean started;
  private long position;

  /**
   * Reads nothing before the first record is asked for.
   *
   * @param consumer shared with others, which are read before or after this one
   * @param from first offset
   * @param to offset after the last one
   */
  PartitionRecords(
      Consumer<byte[], byte[]> consumer, TopicPartition partition, long from, long to) {
    this.consumer = consumer;
    this.partition = partition;
    this.from = from;
    this.to = Math.max(from, to);
    position = from;
  }

  /** All records that a partition holds now. */
  static PartitionRecords whole(Consumer<byte[], byte[]> consumer, TopicPartition partition) {
    List<TopicPartition> asked = List.of(partition);
    long from = consumer.beginningOffsets(asked).get(partition);
    return new PartitionRecords(
        consumer, partition, from, consumer.endOffsets(asked).get(partition));
  }

  /** The next record; null after the last one. */
  ConsumerRecord<byte[], byte[]> next() throws IOException {
    if (!fetched.hasNext() && !fetch()) {
      return null;
    }
    ConsumerRecord<byte[], byte[]> record = fetched.next();
    if (record.offset() >= to) {
      position = to;
      fetched = Collections.emptyIterator();
      return null;
    }
    position = record.offset() + 1;
    return record;
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
      // the consumer's position also passes what is no record, such as the marks of transactions
      while (position < to && consumer.position(partition) < to) {
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
      position = to;
      return false;
    } catch (KafkaException e) {
      throw new IOException(partition + ": " + e.getMessage(), e);
    }
  }

  TopicPartition partition() {
    return partition;
  }

  /** Offset after the last record. */
  long end() {
    return to;
  }

  /** Offsets passed so far. */
  long done() {
    return position - from;
  }

  /** Offsets in all. */
  long size() {
    return to - from;
  }
}
