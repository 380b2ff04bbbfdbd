package eddy.learn;

import eddy.math.Checksum;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Writes state in its stored form: cookie | fingerprint | fields | CRC32C, little-endian, arrays
 * with their lengths.
 */
final class StateWriter {
  /** Bytes of a record with one array besides its contents: cookie to checksum, two lengths. */
  static final int FRAME = Integer.BYTES + Long.BYTES + 3 * Integer.BYTES;

  private ByteBuffer buffer = order(ByteBuffer.allocate(1 << 12));

  StateWriter(int cookie, long fingerprint) {
    room(Integer.BYTES + Long.BYTES);
    buffer.putInt(cookie).putLong(fingerprint);
  }

  private static ByteBuffer order(ByteBuffer buffer) {
    return buffer.order(ByteOrder.LITTLE_ENDIAN);
  }

  private void room(int bytes) {
    if (buffer.remaining() < bytes) {
      int capacity = Math.max(2 * buffer.capacity(), buffer.position() + bytes);
      buffer = order(ByteBuffer.allocate(capacity)).put(buffer.flip());
    }
  }

  StateWriter number(long value) {
    room(Long.BYTES);
    buffer.putLong(value);
    return this;
  }

  StateWriter floats(float[] values) {
    length(values.length);
    return floats(values, 0, values.length);
  }

  /** A part of an array, without its length. */
  StateWriter floats(float[] values, int from, int count) {
    room(count * Float.BYTES);
    buffer.asFloatBuffer().put(values, from, count);
    buffer.position(buffer.position() + count * Float.BYTES);
    return this;
  }

  /** Writes so many floats as they are put. */
  StateWriter floats(int count, Consumer<FloatBuffer> put) {
    length(count);
    room(count * Float.BYTES);
    put.accept(buffer.asFloatBuffer().limit(count));
    buffer.position(buffer.position() + count * Float.BYTES);
    return this;
  }

  StateWriter ints(int[] values) {
    length(values.length);
    return ints(values, 0, values.length);
  }

  /** A part of an array, without its length. */
  StateWriter ints(int[] values, int from, int count) {
    room(count * Integer.BYTES);
    buffer.asIntBuffer().put(values, from, count);
    buffer.position(buffer.position() + count * Integer.BYTES);
    return this;
  }

  StateWriter doubles(double[] values) {
    length(values.length);
    return doubles(values, 0, values.length);
  }

  /** A part of an array, without its length. */
  StateWriter doubles(double[] values, int from, int count) {
    room(count * Double.BYTES);
    buffer.asDoubleBuffer().put(values, from, count);
    buffer.position(buffer.position() + count * Double.BYTES);
    return this;
  }

  StateWriter longs(long[] values) {
    length(values.length);
    return longs(values, 0, values.length);
  }

  /** A part of an array, without its length. */
  StateWriter longs(long[] values, int from, int count) {
    room(count * Long.BYTES);
    buffer.asLongBuffer().put(values, from, count);
    buffer.position(buffer.position() + count * Long.BYTES);
    return this;
  }

  /** Writes a text, or its absence as length -1. */
  StateWriter text(String value) {
    byte[] bytes = value == null ? new byte[0] : value.getBytes(StandardCharsets.UTF_8);
    room(Integer.BYTES + bytes.length);
    buffer.putInt(value == null ? -1 : bytes.length).put(bytes);
    return this;
  }

  StateWriter length(int count) {
    room(Integer.BYTES);
    buffer.putInt(count);
    return this;
  }

  byte[] toBytes() {
    int checksum = Checksum.of(buffer.array(), buffer.position());
    room(Integer.BYTES);
    buffer.putInt(checksum);
    return Arrays.copyOf(buffer.array(), buffer.position());
  }
}
