package eddy.replay;

import eddy.event.Decoded;
import eddy.event.EventDecoder;
import eddy.event.EventSource;
import eddy.event.FieldSurvey;
import eddy.event.SchemaRegistryException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The events of one partition between two offsets. Sizes are counted in offsets.
 *
 * <p>An event's position is its row: the number of records read before it, in all partitions.
 */
final class PartitionSource implements EventSource {
  /** Records that the survey of fields looks at. */
  private static final long SURVEYED = 100;

  private final PartitionRecords records;
  private final EventDecoder decoder;
  private final FieldSurvey survey;
  private final LongSupplier rows;
  private ConsumerRecord<byte[], byte[]> record;
  private long row;
  private Decoded decoded;

  /**
   * A source that reads nothing before its first move.
   *
   * @param survey is shown the first records
   * @param rows gives the number of the next row
   */
  PartitionSource(
      PartitionRecords records, EventDecoder decoder, FieldSurvey survey, LongSupplier rows) {
    this.records = records;
    this.decoder = decoder;
    this.survey = survey;
    this.rows = rows;
  }

  @Override
  public boolean next() throws IOException {
    ConsumerRecord<byte[], byte[]> next = records.next();
    if (next == null) {
      return false;
    }
    record = next;
    row = rows.getAsLong();
    try {
      decode();
    } catch (SchemaRegistryException e) {
      throw new IOException(e.getMessage(), e);
    }
    return true;
  }

  private void decode() {
    if (row < SURVEYED) {
      survey.add(record.value(), record.headers());
    }
    decoded =
        record.key() == null
            ? Decoded.NO_KEY
            : decoder.decode(record.value(), record.headers(), record.timestamp(), row);
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
    return records.done();
  }

  @Override
  public long bytesTotal() {
    return records.size();
  }

  /** Does nothing: the consumer belongs to the topic. */
  @Override
  public void close() {}
}
