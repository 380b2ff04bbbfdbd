package eddy.state;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Values of any size, some with parts that are written apart, in a store whose records must stay
 * below the 1 MiB that Kafka accepts.
 *
 * <p>Values and parts are cut into chunks of 512 KiB. The first chunk of a value stands under 0 |
 * key, as: version (8 bytes) | length (4) | number of parts (4) | version and length of each part
 * (8 + 4) | the chunk's bytes. All other chunks stand under 1 | key | 0 for the value or the part's
 * number from 1 (4) | the chunk's number from 0 (4), as: version | length | the chunk's bytes. So
 * what names the keys stands together. A chunk carries the version and length of the write that
 * made it, and a value says which write of each part belongs to it, so that what is torn or mixed
 * is noticed rather than decoded. What a write no longer needs is removed by it.
 */
final class ChunkedValues {
  static final int CHUNK_BYTES = 512 * 1024;
  private static final int HEADER_BYTES = Long.BYTES + Integer.BYTES;
  private static final byte VALUES = 0;
  private static final byte OTHERS = 1;

  /** A value without its parts, and what is stored. */
  record Found(byte[] value, Extent extent) {}

  /** The parts of a value that is written. */
  interface Pieces {
    /** A value without parts. */
    Pieces NONE =
        new Pieces() {
          @Override
          public int count() {
            return 0;
          }

          @Override
          public boolean needed(int part) {
            return false;
          }

          @Override
          public byte[] changed(int part) {
            return null;
          }
        };

    int count();

    /** Whether the value needs a part; one that it does not need is removed. */
    boolean needed(int part);

    /** Bytes of a part; null where it is as it was written last. */
    byte[] changed(int part);
  }

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
    byte[] head = store.get(valueKey(key));
    if (head == null) {
      return null;
    }
    Extent extent = extent(key, head);
    int from = headerBytes(extent.parts());
    int copied = Math.min(CHUNK_BYTES, extent.bytes());
    checkLength(key, "chunk 0", head.length - from, copied);
    requireLast(key, 0, "chunk ", 1, extent.bytes());
    byte[] value = new byte[extent.bytes()];
    System.arraycopy(head, from, value, 0, copied);
    readChunks(key, 0, "chunk ", 1, extent.version(), value);
    return new Found(value, extent);
  }

  /**
   * A part of a value.
   *
   * @param extent what was read with the value
   * @throws ProcessorStateException when the part is missing, or not the one that belongs to it
   */
  byte[] readPart(Bytes key, int part, Extent extent) {
    if (part >= extent.parts() || extent.partVersions()[part] == 0) {
      throw inconsistent(key, "part " + part + " is not stored, though the value needs it");
    }
    String what = "part " + part + " chunk ";
    requireLast(key, part + 1, what, 0, extent.partBytes()[part]);
    byte[] bytes = new byte[extent.partBytes()[part]];
    readChunks(key, part + 1, what, 0, extent.partVersions()[part], bytes);
    return bytes;
  }

  /** Finds the last chunk before room is made for all: a length may be anything. */
  private void requireLast(Bytes key, int number, String what, int from, int bytes) {
    int last = chunks(bytes) - 1;
    if (last >= from && store.get(otherKey(key, number, last)) == null) {
      throw inconsistent(key, what + last + " is missing");
    }
  }

  private void readChunks(
      Bytes key, int number, String what, int from, long version, byte[] value) {
    for (int chunk = from; chunk < chunks(value.length); chunk++) {
      byte[] stored = store.get(otherKey(key, number, chunk));
      if (stored == null) {
        throw inconsistent(key, what + chunk + " is missing");
      }
      ByteBuffer header = ByteBuffer.wrap(stored);
      if (stored.length < HEADER_BYTES
          || header.getLong() != version
          || header.getInt() != value.length) {
        throw inconsistent(
            key, what + chunk + " is of another version or length than the value says");
      }
      int at = chunk * CHUNK_BYTES;
      int length = Math.min(CHUNK_BYTES, value.length - at);
      checkLength(key, what + chunk, stored.length - HEADER_BYTES, length);
      header.get(value, at, length);
    }
  }

  /** What is stored under a key, at the price of reading its first chunk. */
  Extent extent(Bytes key) {
    byte[] head = store.get(valueKey(key));
    return head == null ? Extent.NONE : extent(key, head);
  }

  /** Replaces the value of a key, as {@link #write(Bytes, byte[], Pieces, Extent)} does. */
  Extent write(Bytes key, byte[] value, Extent previous) {
    return write(key, value, Pieces.NONE, previous);
  }

  /**
   * Replaces the value of a key, and those of its parts that have changed.
   *
   * @param previous what is stored under the key now
   * @return what is stored under it then
   */
  Extent write(Bytes key, byte[] value, Pieces pieces, Extent previous) {
    Extent extent = previous.next(value.length, pieces.count());
    for (int part = 0; part < pieces.count(); part++) {
      writePart(key, part, pieces, previous, extent);
    }
    for (int part = pieces.count(); part < previous.parts(); part++) {
      remove(key, part + 1, 0, storedChunks(previous, part));
    }
    int first = Math.min(CHUNK_BYTES, value.length);
    ByteBuffer head = ByteBuffer.allocate(headerBytes(extent.parts()) + first);
    head.putLong(extent.version()).putInt(value.length).putInt(extent.parts());
    for (int part = 0; part < extent.parts(); part++) {
      head.putLong(extent.partVersions()[part]).putInt(extent.partBytes()[part]);
    }
    store.put(valueKey(key), head.put(value, 0, first).array());
    writeChunks(key, 0, 1, extent.version(), value);
    remove(key, 0, chunks(value.length), chunks(previous.bytes()));
    return extent;
  }

  private void writePart(Bytes key, int part, Pieces pieces, Extent previous, Extent extent) {
    boolean needed = pieces.needed(part);
    byte[] bytes = needed ? pieces.changed(part) : null;
    if (needed && bytes == null) {
      return;
    }
    if (needed) {
      writeChunks(key, part + 1, 0, extent.version(), bytes);
    }
    remove(key, part + 1, needed ? chunks(bytes.length) : 0, storedChunks(previous, part));
    extent.partVersions()[part] = needed ? extent.version() : 0;
    extent.partBytes()[part] = needed ? bytes.length : 0;
  }

  private void writeChunks(Bytes key, int number, int from, long version, byte[] value) {
    for (int chunk = from; chunk < chunks(value.length); chunk++) {
      int at = chunk * CHUNK_BYTES;
      int length = Math.min(CHUNK_BYTES, value.length - at);
      byte[] stored =
          ByteBuffer.allocate(HEADER_BYTES + length)
              .putLong(version)
              .putInt(value.length)
              .put(value, at, length)
              .array();
      store.put(otherKey(key, number, chunk), stored);
    }
  }

  /** Removes a key with all of its chunks and parts. */
  void delete(Bytes key, Extent previous) {
    if (previous.version() == 0) {
      return;
    }
    store.delete(valueKey(key));
    remove(key, 0, 1, chunks(previous.bytes()));
    for (int part = 0; part < previous.parts(); part++) {
      remove(key, part + 1, 0, storedChunks(previous, part));
    }
  }

  /** Hands every key to the visitor once, in the order of its bytes. */
  void forEachKey(Consumer<Bytes> visitor) {
    Bytes from = Bytes.wrap(new byte[] {VALUES});
    Bytes to = Bytes.wrap(new byte[] {OTHERS});
    try (KeyValueIterator<Bytes, byte[]> entries = store.range(from, to)) {
      while (entries.hasNext()) {
        byte[] stored = entries.next().key.get();
        visitor.accept(Bytes.wrap(Arrays.copyOfRange(stored, 1, stored.length)));
      }
    }
  }

  /** Hands the next keys and the beginnings of their values to the visitor while it wants more. */
  void forNext(Bytes after, BiPredicate<Bytes, ByteBuffer> visitor) {
    // the first key after another is that key and a zero
    Bytes from =
        after == null
            ? Bytes.wrap(new byte[] {VALUES})
            : Bytes.wrap(Arrays.copyOf(valueKey(after).get(), after.get().length + 2));
    try (KeyValueIterator<Bytes, byte[]> entries =
        store.range(from, Bytes.wrap(new byte[] {OTHERS}))) {
      boolean more = true;
      while (more && entries.hasNext()) {
        KeyValue<Bytes, byte[]> entry = entries.next();
        byte[] stored = entry.key.get();
        ByteBuffer value = ByteBuffer.wrap(entry.value);
        int parts = value.getInt(HEADER_BYTES);
        Bytes key = Bytes.wrap(Arrays.copyOfRange(stored, 1, stored.length));
        more = visitor.test(key, value.position(headerBytes(parts)));
      }
    }
  }

  private void remove(Bytes key, int number, int fromChunk, int toChunk) {
    for (int chunk = fromChunk; chunk < toChunk; chunk++) {
      store.delete(otherKey(key, number, chunk));
    }
  }

  private Extent extent(Bytes key, byte[] head) {
    ByteBuffer header = ByteBuffer.wrap(head);
    if (head.length < headerBytes(0)) {
      throw inconsistent(key, "chunk 0 has no header");
    }
    long version = header.getLong();
    int bytes = header.getInt();
    int parts = header.getInt();
    if (bytes < 0 || parts < 0 || head.length < headerBytes((long) parts)) {
      throw inconsistent(key, "chunk 0 has no header");
    }
    if (parts == 0) {
      return Extent.of(version, bytes);
    }
    long[] versions = new long[parts];
    int[] lengths = new int[parts];
    for (int part = 0; part < parts; part++) {
      versions[part] = header.getLong();
      lengths[part] = header.getInt();
      if (lengths[part] < 0) {
        throw inconsistent(key, "part " + part + " has " + lengths[part] + " bytes");
      }
    }
    return new Extent(version, bytes, versions, lengths);
  }

  private static int headerBytes(int parts) {
    return Math.toIntExact(headerBytes((long) parts));
  }

  private static long headerBytes(long parts) {
    return HEADER_BYTES + Integer.BYTES + parts * HEADER_BYTES;
  }

  private static int storedChunks(Extent extent, int part) {
    boolean stored = part < extent.parts() && extent.partVersions()[part] > 0;
    return stored ? chunks(extent.partBytes()[part]) : 0;
  }

  /** At least one, so that an empty value is told from none. */
  private static int chunks(int length) {
    return Math.max(1, (int) (((long) length + CHUNK_BYTES - 1) / CHUNK_BYTES));
  }

  /** Whether a record of the store begins a value, by the record's key. */
  static boolean beginsValue(byte[] record) {
    return record[0] == VALUES;
  }

  /** The key whose value a record of the store belongs to. */
  static Bytes owner(byte[] record) {
    int end = record.length - (beginsValue(record) ? 0 : 2 * Integer.BYTES);
    return Bytes.wrap(Arrays.copyOfRange(record, 1, end));
  }

  private static Bytes valueKey(Bytes key) {
    byte[] bytes = key.get();
    return Bytes.wrap(ByteBuffer.allocate(1 + bytes.length).put(VALUES).put(bytes).array());
  }

  private static Bytes otherKey(Bytes key, int number, int chunk) {
    byte[] bytes = key.get();
    return Bytes.wrap(
        ByteBuffer.allocate(1 + bytes.length + 2 * Integer.BYTES)
            .put(OTHERS)
            .put(bytes)
            .putInt(number)
            .putInt(chunk)
            .array());
  }

  private void checkLength(Bytes key, String what, int bytes, int expected) {
    if (bytes != expected) {
      throw inconsistent(key, what + " has " + bytes + " bytes instead of " + expected);
    }
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
