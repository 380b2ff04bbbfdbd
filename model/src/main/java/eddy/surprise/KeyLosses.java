package eddy.surprise;

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
    return 2 * Integer.BYTES + (long) targets * LossHistory.MOST_BYTES;
  }

  /** The stored form, little-endian: cookie | targets | the history of each. */
  public byte[] encode() {
    int bytes = 2 * Integer.BYTES;
    for (LossHistory history : targets) {
      bytes += history.encodedBytes();
    }
    ByteBuffer out = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    out.putInt(COOKIE).putInt(targets.length);
    for (LossHistory history : targets) {
      history.encode(out);
    }
    return out.array();
  }

  /**
   * What {@link #encode} has written.
   *
   * @throws IllegalArgumentException where the bytes are of another format
   */
  public static KeyLosses decode(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int cookie = in.getInt();
    if (cookie != COOKIE) {
      throw new IllegalArgumentException(
          "losses of a key: expected format "
              + Integer.toHexString(COOKIE)
              + ", found "
              + Integer.toHexString(cookie));
    }
    KeyLosses losses = new KeyLosses(in.getInt());
    for (LossHistory history : losses.targets) {
      history.decode(in);
    }
    return losses;
  }
}
