package eddy.state;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What the changelog of a store holds at its end: by partition and key, the value's bytes.
 *
 * <p>Chunks and parts are put together without the numbers of the writes that made them, which
 * depend on when commits happened.
 */
public final class StoredValues {
  /** Version and length before each chunk. */
  private static final int CHUNK_HEADER = Long.BYTES + Integer.BYTES;

  /** Before the key, which of a value's chunks it is. */
  private static final String FIRST_CHUNK = "00";

  private StoredValues() {}

  /** The values in hexadecimal digits, by partition and key. */
  public static Map<String, String> of(Collection<ConsumerRecord<byte[], byte[]>> changelog) {
    Map<String, byte[]> chunks = new TreeMap<>();
    for (ConsumerRecord<byte[], byte[]> record : changelog) {
      chunks.put(record.partition() + " " + hex(record.key()), record.value());
    }
    chunks.values().removeIf(Objects::isNull);
    Map<String, String> values = new TreeMap<>();
    for (Map.Entry<String, byte[]> chunk : chunks.entrySet()) {
      String[] place = chunk.getKey().split(" ");
      boolean first = place[1].startsWith(FIRST_CHUNK);
      // a value's first chunk stands under 0 and the key, others under 1, the key and two numbers
      int end = place[1].length() - (first ? 0 : 4 * Integer.BYTES);
      ByteBuffer stored = ByteBuffer.wrap(chunk.getValue());
      int length = stored.getInt(Long.BYTES);
      int parts = first ? stored.getInt(CHUNK_HEADER) : 0;
      int header = CHUNK_HEADER + (first ? Integer.BYTES + parts * CHUNK_HEADER : 0);
      String content = hex(Arrays.copyOfRange(stored.array(), header, stored.capacity()));
      String key = place[0] + " " + place[1].substring(FIRST_CHUNK.length(), end);
      values.merge(key, place[1].substring(end) + " " + length + " " + content, String::concat);
    }
    return values;
  }

  /** A value without parts that fits into one chunk, as it would be found. */
  public static String whole(byte[] value) {
    return " " + value.length + " " + hex(value);
  }

  private static String hex(byte[] bytes) {
    return bytes == null ? "null" : HexFormat.of().formatHex(bytes);
  }
}
