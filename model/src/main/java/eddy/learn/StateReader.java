package eddy.learn;

import eddy.math.Checksum;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Reads what {@link StateWriter} wrote; refuses everything else, saying what it expected. */
final class StateReader {
  /** Bytes of cookie and fingerprint. */
  static final int HEADER = Integer.BYTES + Long.BYTES;

  private final String what;
  private final ByteBuffer buffer;

  /**
   * A reader that has checked length, cookie, checksum and fingerprint.
   *
   * @throws IncompatibleStateException where one of them is another
   */
  StateReader(String what, byte[] bytes, int cookie, long fingerprint) {
    this.what = what;
    if (bytes.length < HEADER + Integer.BYTES) {
      throw new IncompatibleStateException(
          what
              + ": expected at least "
              + (HEADER + Integer.BYTES)
              + " bytes, found "
              + bytes.length);
    }
    buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int end = bytes.length - Integer.BYTES;
    expect("format", Integer.toHexString(cookie), Integer.toHexString(buffer.getInt()));
    expect(
        "checksum",
        Integer.toHexString(Checksum.of(bytes, end)),
        Integer.toHexString(buffer.getInt(end)));
    expect(
        "fingerprint of the configuration (reset the application, or take a new application.id)",
        Long.toHexString(fingerprint),
        Long.toHexString(buffer.getLong()));
    buffer.limit(end);
  }

  /** The fingerprint that stored bytes carry. */
  static long fingerprint(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(Integer.BYTES);
  }

  private void expect(String name, String expected, String found) {
    if (!expected.equals(found)) {
      throw new IncompatibleStateException(
          what + ": expected " + name + " " + expected + ", found " + found);
    }
  }

  private ByteBuffer need(long bytes) {
    if (buffer.remaining() < bytes) {
      throw new IncompatibleStateException(
          what + ": expected " + bytes + " more bytes, found " + buffer.remaining());
    }
    return buffer;
  }

  long number() {
    return need(Long.BYTES).getLong();
  }

  /** Reads a length that must be the given one. */
  void length(String name, int expected) {
    expect(
        "length of " + name,
        Integer.toString(expected),
        Integer.toString(need(Integer.BYTES).getInt()));
  }

  void floats(String name, float[] target) {
    length(name, target.length);
    floats(target, 0, target.length);
  }

  /** A part of an array, stored without its length. */
  void floats(float[] target, int from, int count) {
    need((long) count * Float.BYTES).asFloatBuffer().get(target, from, count);
    buffer.position(buffer.position() + count * Float.BYTES);
  }

  /** Reads so many floats as they are taken. */
  void floats(String name, int count, Consumer<FloatBuffer> take) {
    length(name, count);
    take.accept(need((long) count * Float.BYTES).asFloatBuffer().limit(count));
    buffer.position(buffer.position() + count * Float.BYTES);
  }

  void ints(String name, int[] target) {
    length(name, target.length);
    ints(target, 0, target.length);
  }

  /** A part of an array, stored without its length. */
  void ints(int[] target, int from, int count) {
    need((long) count * Integer.BYTES).asIntBuffer().get(target, from, count);
    buffer.position(buffer.position() + count * Integer.BYTES);
  }

  void doubles(String name, double[] target) {
    length(name, target.length);
    doubles(target, 0, target.length);
  }

  /** A part of an array, stored without its length. */
  void doubles(double[] target, int from, int count) {
    need((long) count * Double.BYTES).asDoubleBuffer().get(target, from, count);
    buffer.position(buffer.position() + count * Double.BYTES);
  }

  void longs(String name, long[] target) {
    length(name, target.length);
    longs(target, 0, target.length);
  }

  /** A part of an array, stored without its length. */
  void longs(long[] target, int from, int count) {
    need((long) count * Long.BYTES).asLongBuffer().get(target, from, count);
    buffer.position(buffer.position() + count * Long.BYTES);
  }

  int count(String name, int most) {
    int count = need(Integer.BYTES).getInt();
    if (count < 0 || count > most) {
      throw new IncompatibleStateException(
          what + ": expected at most " + most + " " + name + ", found " + count);
    }
    return count;
  }

  /** Reads a text, null where it was absent. */
  String text() {
    int length = need(Integer.BYTES).getInt();
    if (length < 0) {
      return null;
    }
    ByteBuffer held = need(length);
    byte[] bytes = new byte[length];
    held.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** Reads a number that must lie between two others, both allowed. */
  long between(String name, long least, long most) {
    long number = number();
    if (number < least || number > most) {
      throw new IncompatibleStateException(
          what + ": expected " + name + " from " + least + " to " + most + ", found " + number);
    }
    return number;
  }

  /** Bytes that are left. */
  int left() {
    return buffer.remaining();
  }

  /** Throws IncompatibleStateException where anything is left. */
  void end() {
    expect("end of data, bytes left", "0", Integer.toString(buffer.remaining()));
  }
}
