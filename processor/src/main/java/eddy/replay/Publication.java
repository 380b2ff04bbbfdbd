package eddy.replay;

import java.util.Arrays;
import java.util.Iterator;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * All of a record that an app decides when it publishes a prediction.
 *
 * @param key of the event
 * @param value the prediction
 * @param timestamp of the event
 * @param headers of the event
 */
record Publication(byte[] key, byte[] value, long timestamp, Headers headers) {
  Publication {
    Objects.requireNonNull(headers, "headers");
  }

  static Publication of(ConsumerRecord<byte[], byte[]> record) {
    return new Publication(record.key(), record.value(), record.timestamp(), record.headers());
  }

  /** Whether every byte is the same. */
  boolean equalTo(Publication other) {
    return timestamp == other.timestamp
        && Arrays.equals(value, other.value)
        && Arrays.equals(key, other.key)
        && sameHeaders(other.headers);
  }

  private boolean sameHeaders(Headers others) {
    Iterator<Header> theirs = others.iterator();
    for (Header header : headers) {
      if (!theirs.hasNext()) {
        return false;
      }
      Header other = theirs.next();
      if (!header.key().equals(other.key()) || !Arrays.equals(header.value(), other.value())) {
        return false;
      }
    }
    return !theirs.hasNext();
  }
}
