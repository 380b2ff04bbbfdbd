package eddy.event;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * What the dead-letter topic holds of a rejected record.
 *
 * @param key as it was, null too
 * @param value its first {@value #KEPT} bytes, null where it was null
 * @param reason one line for the sender
 * @param topic that it came from
 * @param partition that it came from
 * @param offset that it had
 * @param timestamp that it had, in milliseconds since 1970 UTC
 * @param size bytes of the whole value, 0 where it was null
 * @param sha256 of the whole value, in lower-case hexadecimal
 */
public record DeadLetter(
    byte[] key,
    byte[] value,
    String reason,
    String topic,
    int partition,
    long offset,
    long timestamp,
    int size,
    String sha256) {
  /** Bytes of a value that are kept. */
  public static final int KEPT = 65_536;

  public static final String REASON = "eddy.error.reason";
  public static final String TOPIC = "eddy.error.topic";
  public static final String PARTITION = "eddy.error.partition";
  public static final String OFFSET = "eddy.error.offset";
  public static final String TIMESTAMP = "eddy.error.timestamp";
  public static final String SIZE = "eddy.error.size";
  public static final String SHA256 = "eddy.error.sha256";

  public DeadLetter {
    Objects.requireNonNull(reason, "reason");
    Objects.requireNonNull(topic, "topic");
    Objects.requireNonNull(sha256, "sha256");
  }

  /** The dead letter of a record. */
  public static DeadLetter of(
      byte[] key,
      byte[] value,
      String reason,
      String topic,
      int partition,
      long offset,
      long timestamp) {
    byte[] whole = value == null ? new byte[0] : value;
    byte[] kept = value == null || value.length <= KEPT ? value : Arrays.copyOf(value, KEPT);
    return new DeadLetter(
        key, kept, reason, topic, partition, offset, timestamp, whole.length, hash(whole));
  }

  /** Everything but key and value, as headers; all are texts in UTF-8. */
  public Headers headers() {
    Headers headers = new RecordHeaders();
    add(headers, REASON, reason);
    add(headers, TOPIC, topic);
    add(headers, PARTITION, Integer.toString(partition));
    add(headers, OFFSET, Long.toString(offset));
    add(headers, TIMESTAMP, Long.toString(timestamp));
    add(headers, SIZE, Integer.toString(size));
    add(headers, SHA256, sha256);
    return headers;
  }

  private static void add(Headers headers, String name, String value) {
    headers.add(name, value.getBytes(StandardCharsets.UTF_8));
  }

  private static String hash(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
