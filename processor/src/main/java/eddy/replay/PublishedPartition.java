package eddy.replay;

import eddy.event.PredictionRecord;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * The predictions in one output partition that belong to one input partition, in order.
 *
 * <p>Partitions of output and input are the same where keys decide of both in the same way;
 * elsewhere several input partitions share one of the output, and those of others are passed over
 * and counted. A record that names no other partition of the input belongs here, whatever it is.
 */
final class PublishedPartition implements Closeable {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration PAUSE = Duration.ofMillis(100);

  private final Consumer<byte[], byte[]> consumer;
  private final PartitionRecords records;
  private final boolean beginsLater;
  private final int inputPartition;
  private final int inputPartitions;
  private final long derivedAfter;

  /** Of the others: by input partition, how many, and where the first is. */
  private final Map<Integer, Long> others = new HashMap<>();

  private final Map<Integer, Long> firstOthers = new HashMap<>();
  private ConsumerRecord<byte[], byte[]> ahead;
  private ConsumerRecord<byte[], byte[]> passedOver;

  private long passed;
  private long earlier;

  /**
   * Reads nothing before the first prediction is asked for.
   *
   * @param consumer its own; closed with it
   * @param beginsLater whether earlier records of the output partition have been deleted
   * @param derivedAfter offset of the newest event whose prediction is left out, with all before
   */
  PublishedPartition(
      Consumer<byte[], byte[]> consumer,
      PartitionRecords records,
      boolean beginsLater,
      int inputPartition,
      int inputPartitions,
      long derivedAfter) {
    this.consumer = consumer;
    this.records = records;
    this.beginsLater = beginsLater;
    this.inputPartition = inputPartition;
    this.inputPartitions = inputPartitions;
    this.derivedAfter = derivedAfter;
  }

  /** The next prediction, without passing it; null after the last one. */
  ConsumerRecord<byte[], byte[]> peek() throws IOException {
    passedOver = ahead == null ? null : passedOver;
    while (ahead == null) {
      ConsumerRecord<byte[], byte[]> record = records.next();
      if (record == null) {
        return null;
      }
      int named = partition(record.value());
      if (named == inputPartition && isEarlier(record)) {
        earlier++;
      } else if (named == inputPartition || named < 0 || named >= inputPartitions) {
        ahead = record;
      } else {
        passedOver = passedOver == null ? record : passedOver;
        others.merge(named, 1L, Long::sum);
        firstOthers.putIfAbsent(named, record.offset());
      }
    }
    return ahead;
  }

  private boolean isEarlier(ConsumerRecord<byte[], byte[]> record) {
    return derivedAfter >= 0 && parsed(record.value()).offset() <= derivedAfter;
  }

  /** Passes the prediction that was looked at. */
  void pass() {
    ahead = null;
    passed++;
  }

  /** Number of predictions passed, those that are not derived among them. */
  long passed() {
    return earlier + passed;
  }

  /**
   * Whether the prediction of an event has been deleted with others before it: only so long as none
   * was passed.
   */
  boolean deleted(long offset) throws IOException {
    if (!beginsLater || passed > 0) {
      return false;
    }
    ConsumerRecord<byte[], byte[]> record = peek();
    PredictionRecord first = record == null ? null : parsed(record.value());
    return first != null && first.offset() > offset;
  }

  /** First record that was passed over just before the one looked at; null where none was. */
  ConsumerRecord<byte[], byte[]> passedOver() {
    return passedOver;
  }

  /** How many records were passed over, by the input partition that they name. */
  Map<Integer, Long> others() {
    return others;
  }

  /** Offset of the first record that was passed over, by the input partition that it names. */
  Map<Integer, Long> firstOthers() {
    return firstOthers;
  }

  /** Offset after the last record. */
  long end() {
    return records.end();
  }

  /**
   * Whether more is committed within some seconds: the offsets of a transaction may be seen before
   * its records are.
   */
  boolean grows() {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < deadline) {
      if (consumer.endOffsets(List.of(partition())).get(partition()) > end()) {
        return true;
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
    return false;
  }

  TopicPartition partition() {
    return records.partition();
  }

  /** Partition of the event that a prediction names; -1 where it is no prediction. */
  private static int partition(byte[] value) {
    PredictionRecord record = parsed(value);
    return record == null ? -1 : record.partition();
  }

  /** Null where it is no prediction. */
  static PredictionRecord parsed(byte[] value) {
    try {
      return value == null ? null : PredictionRecord.parse(value);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}
