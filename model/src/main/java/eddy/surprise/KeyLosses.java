package eddy.surprise;

import eddy.math.Checksum;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What is remembered of the losses of one key, or of all keys together, by target. Owned by one
 * task.
 */
public final class KeyLosses {
  private static final int COOKIE = 0xEDD7_0001;

  private final LossHistory[] targets;

  /** Of a key that has had no loss. */
  public KeyLosses(int targets) {
    this.targets = new LossHistory[targets];
    for (int t = 0; t < targets; t++) {
      this.targets[t] = new LossHistory();
    }
  }

  /** Losses of a target. */
  public LossHistory of(int target) {
    return targets[target];
  }

  /** Heap that it takes. */
  public long heapBytes() {
    return (long) targets.length * LossHistory.HEAP_BYTES;
  }

  /** Bytes of the stored form at most, of so many targets. */
  public static long mostBytes(int targets) {
    return 3 * Integer.BYTES + (long) targets * LossHistory.MOST_BYTES;
  }

  /** The stored form, little-endian: cookie | targets | the history of each | CRC32C. */
  public byte[] encode() {
    int bytes = 3 * Integer.BYTES;
    for (LossHistory history : targets) {
      bytes += history.encodedBytes();
    }
    ByteBuffer out = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    out.putInt(COOKIE).putInt(targets.length);
    for (LossHistory history : targets) {
      history.encode(out);
    }
    return out.putInt(Checksum.of(out.array(), out.position())).array();
  }

  /**
   * What {@link #encode} has written; of an earlier version, without a checksum.
   *
   * @throws IllegalArgumentException where the bytes are of another format
   */
  public static KeyLosses decode(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    try {
      int cookie = in.getInt();
      expect("format " + Integer.toHexString(COOKIE), cookie == COOKIE, cookie);
      int targets = in.getInt();
      // a history has more bytes than one: no room is made for more than can follow
      expect("a number of targets", targets >= 0 && targets <= in.remaining(), targets);
      KeyLosses losses = new KeyLosses(targets);
      for (LossHistory history : losses.targets) {
        history.decode(in);
      }
      if (in.hasRemaining()) {
        int computed = Checksum.of(in.array(), in.position());
        int found = in.getInt();
        expect("checksum " + Integer.toHexString(computed), found == computed, found);
        expect("nothing more", !in.hasRemaining(), in.remaining());
      }
      return losses;
    } catch (BufferUnderflowException e) {
      throw new IllegalArgumentException(
          "losses of a key: expected more than " + bytes.length + " bytes");
    }
  }

  private static void expect(String expected, boolean met, int found) {
    if (!met) {
      throw new IllegalArgumentException(
          "losses of a key: expected "
              + expected
              + ", found "
              + found
              + " (hexadecimal "
              + Integer.toHexString(found)
              + ")");
    }
  }
}
