package eddy.state;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Consumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Values of any size in a store whose records must stay below the 1 MiB that Kafka accepts.
 *
 * <p>A value is cut into chunks of 512 KiB. Chunk i is stored under the key followed by i as four
 * bytes, as: version (8 bytes), total length (4 bytes), the chunk's bytes. All chunks of a value
 * carry the version and length of the write that made them, so that a torn or mixed value is
 * noticed rather than decoded. Writing a shorter value removes the chunks that it no longer needs.
 */
final class ChunkedValues {
  static final int CHUNK_BYTES = 512 * 1024;
  private static final int HEADER_BYTES = Long.BYTES + Integer.BYTES;
  private static final int INDEX_BYTES = Integer.BYTES;

  /** What is stored under a key: the version of its last write and its number of chunks. */
  record Extent(long version, int chunks) {
    static final Extent NONE = new Extent(0, 0);
  }

  /** A value and its extent. */
  record Found(byte[] value, Extent extent) {}

  private final KeyValueStore<Bytes, byte[]> store;

  ChunkedValues(KeyValueStore<Bytes, byte[]> store) {
    this.store = store;
  }

  /**
   * The value of a key, null when there is none.
   *
   * @throws ProcessorStateException when its chunks do not belong together
   */
  Found read(Bytes key) {
    byte[] head = store.get(chunkKey(key, 0));
    if (head == null) {
      return null;
    }
    Extent extent = extent(key, head);
    byte[] value = new byte[totalLength(key, head)];
    int copied = 0;
    for (int chunk = 0; chunk < extent.chunks(); chunk++) {
      byte[] stored = chunk == 0 ? head : store.get(chunkKey(key, chunk));
      check(key, head, stored, chunk, Math.min(CHUNK_BYTES, value.length - copied));
      System.arraycopy(stored, HEADER_BYTES, value, copied, stored.length - HEADER_BYTES);
      copied += stored.length - HEADER_BYTES;
    }
    return new Found(value, extent);
  }

  /** What is stored under a key, at the price of reading its first chunk. */
  Extent extent(Bytes key) {
    byte[] head = store.get(chunkKey(key, 0));
    return head == null ? Extent.NONE : extent(key, head);
  }

  /**
   * Replaces the value of a key.
   *
   * @param previous what is stored under the key now
   * @return what is stored under it then
   */
  Extent write(Bytes key, byte[] value, Extent previous) {
    Extent extent = new Extent(previous.version() + 1, chunks(value.length));
    for (int chunk = 0; chunk < extent.chunks(); chunk++) {
      int from = chunk * CHUNK_BYTES;
      int length = Math.min(CHUNK_BYTES, value.length - from);
      byte[] stored =
          ByteBuffer.allocate(HEADER_BYTES + length)
              .putLong(extent.version())
              .putInt(value.length)
              .put(value, from, length)
              .array();
      store.put(chunkKey(key, chunk), stored);
    }
    remove(key, extent.chunks(), previous.chunks());
    return extent;
  }

  /** Removes a key with all of its chunks. */
  void delete(Bytes key, Extent previous) {
    remove(key, 0, previous.chunks());
  }

  /** Hands every key to the visitor once, in the order of its bytes. */
  void forEachKey(Consumer<Bytes> visitor) {
    try (KeyValueIterator<Bytes, byte[]> entries = store.all()) {
      while (entries.hasNext()) {
        KeyValue<Bytes, byte[]> entry = entries.next();
        byte[] stored = entry.key.get();
        int keyBytes = stored.length - INDEX_BYTES;
        if (ByteBuffer.wrap(stored).getInt(keyBytes) == 0) {
          visitor.accept(Bytes.wrap(Arrays.copyOf(stored, keyBytes)));
        }
      }
    }
  }

  private void remove(Bytes key, int fromChunk, int toChunk) {
    for (int chunk = fromChunk; chunk < toChunk; chunk++) {
      store.delete(chunkKey(key, chunk));
    }
  }

  private void check(Bytes key, byte[] head, byte[] stored, int chunk, int expectedBytes) {
    if (stored == null) {
      throw inconsistent(key, "chunk " + chunk + " is missing");
    }
    if (stored.length < HEADER_BYTES
        || !Arrays.equals(stored, 0, HEADER_BYTES, head, 0, HEADER_BYTES)) {
      throw inconsistent(key, "chunk " + chunk + " is of another version or length than chunk 0");
    }
    if (stored.length != HEADER_BYTES + expectedBytes) {
      throw inconsistent(
          key,
          "chunk "
              + chunk
              + " has "
              + (stored.length - HEADER_BYTES)
              + " bytes instead of "
              + expectedBytes);
    }
  }

  private Extent extent(Bytes key, byte[] head) {
    int length = totalLength(key, head);
    return new Extent(ByteBuffer.wrap(head).getLong(), chunks(length));
  }

  private int totalLength(Bytes key, byte[] head) {
    int length = head.length < HEADER_BYTES ? -1 : ByteBuffer.wrap(head).getInt(Long.BYTES);
    if (length < 0) {
      throw inconsistent(key, "chunk 0 has no header");
    }
    return length;
  }

  /** At least one, so that an empty value is told from none. */
  private static int chunks(int length) {
    return Math.max(1, (int) (((long) length + CHUNK_BYTES - 1) / CHUNK_BYTES));
  }

  private static Bytes chunkKey(Bytes key, int chunk) {
    byte[] bytes = key.get();
    return Bytes.wrap(
        ByteBuffer.allocate(bytes.length + INDEX_BYTES).put(bytes).putInt(chunk).array());
  }

  private ProcessorStateException inconsistent(Bytes key, String reason) {
    return new ProcessorStateException(
        "State of key "
            + key
            + " in store "
            + store.name()
            + " is inconsistent: "
            + reason
            + "; delete the local state directory so that it is restored from the changelog");
  }
}
