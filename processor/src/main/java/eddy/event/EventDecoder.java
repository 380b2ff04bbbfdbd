package eddy.event;

import java.io.Closeable;
import org.apache.kafka.common.header.Headers;

/** Makes an event of a record's value. Holds scratch: used by one thread. */
public interface EventDecoder extends Closeable {
  /**
   * Decodes one value. Whatever the bytes are, the answer is a {@link Decoded}.
   *
   * @param value of the record; null deletes its key
   * @param recordTimestamp becomes the event's timestamp, in milliseconds since 1970 UTC
   * @param position becomes the event's position: its offset, or its row
   * @return an answer that is valid until the next call
   * @throws SchemaRegistryException where the value cannot be judged now
   */
  Decoded decode(byte[] value, long recordTimestamp, long position);

  /** The same for a record whose headers may say by which schema its value is to be read. */
  default Decoded decode(byte[] value, Headers headers, long recordTimestamp, long position) {
    return decode(value, recordTimestamp, position);
  }

  /** Leaves what it has asked; does nothing where it asks nobody. */
  @Override
  default void close() {}
}
