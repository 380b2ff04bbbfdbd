package eddy.event;

/** Makes an event of a record's value. Holds scratch: used by one thread. */
public interface EventDecoder {
  /**
   * Decodes one value. Whatever the bytes are, the answer is a {@link Decoded}.
   *
   * @param value of the record; null deletes its key
   * @param recordTimestamp becomes the event's timestamp, in milliseconds since 1970 UTC
   * @param position becomes the event's position: its offset, or its row
   * @return an answer that is valid until the next call
   */
  Decoded decode(byte[] value, long recordTimestamp, long position);
}
