package eddy.drift;

import eddy.math.Checksum;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What is remembered of drift for one set of weights, or for a key that shares them. Owned by one
 * task.
 */
public final class DriftState {
  private static final int COOKIE = 0xEDD8_0001;

  /** Labels for which steps are still larger. */
  public long boosted;

  /**
   * Number of the drift that reset the weights last, or that a key knows of; 0 where none has. A
   * key that knows of another one has a state of other weights.
   */
  public long resetAt;

  private final Detection detection;
  private final LossWatch[] targets;

  private DriftState(Detection detection, LossWatch[] targets) {
    this.detection = detection;
    this.targets = targets;
  }

  /**
   * Of weights that have had no loss.
   *
   * @param bounded by target, whether its losses lie in [0, 1]
   */
  public static DriftState of(Detection detection, boolean... bounded) {
    LossWatch[] targets = new LossWatch[bounded.length];
    for (int t = 0; t < targets.length; t++) {
      targets[t] = new LossWatch(detection, bounded[t]);
    }
    return new DriftState(detection, targets);
  }

  /** Of a key that shares weights, and knows of a reset. */
  public static DriftState ofKey(long resetAt) {
    DriftState state = of(new Detection.None());
    state.resetAt = resetAt;
    return state;
  }

  /** Whether it is that of a key that shares weights. */
  public boolean isOfKey() {
    return targets.length == 0;
  }

  /** What looks for drift. */
  public Detection detection() {
    return detection;
  }

  /** Losses of a target. */
  public LossWatch of(int target) {
    return targets[target];
  }

  /** Looks for drift anew, in the losses of all targets. */
  public void restart() {
    for (LossWatch watch : targets) {
      watch.restart();
    }
  }

  /** Heap that it takes. */
  public long heapBytes() {
    long bytes = 128;
    for (LossWatch watch : targets) {
      bytes += watch.heapBytes();
    }
    return bytes;
  }

  private byte[] name() {
    return detection.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Bytes of the stored form at most. */
  public int mostBytes() {
    int most = 4 * Integer.BYTES + 2 * Long.BYTES + name().length;
    for (LossWatch watch : targets) {
      most += watch.mostBytes();
    }
    return most;
  }

  /**
   * The stored form, little-endian: cookie | labels of the boost | number of the reset | bytes of
   * the detector's name | that name | targets | of each, whether its losses are bounded, and its
   * watch | CRC32C.
   */
  public byte[] encode() {
    ByteBuffer out = ByteBuffer.allocate(mostBytes()).order(ByteOrder.LITTLE_ENDIAN);
    byte[] name = name();
    out.putInt(COOKIE).putLong(boosted).putLong(resetAt).putInt(name.length).put(name);
    out.putInt(targets.length);
    for (LossWatch watch : targets) {
      out.put((byte) (watch.bounded() ? 1 : 0));
      watch.encode(out);
    }
    out.putInt(Checksum.of(out.array(), out.position()));
    return Arrays.copyOf(out.array(), out.position());
  }

  /**
   * What {@link #encode} has written; of an earlier version, without a checksum.
   *
   * @throws IllegalArgumentException where the bytes are of another format
   */
  public static DriftState decode(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    try {
      return decode(in);
    } catch (BufferUnderflowException e) {
      throw new IllegalArgumentException("drift: expected more than " + bytes.length + " bytes");
    }
  }

  private static DriftState decode(ByteBuffer in) {
    int cookie = in.getInt();
    expect("format " + Integer.toHexString(COOKIE), cookie == COOKIE, cookie);
    long boosted = in.getLong();
    long resetAt = in.getLong();
    byte[] name = new byte[lengthOf("a detector's name", in)];
    in.get(name);
    Detection detection = Detection.of(new String(name, StandardCharsets.UTF_8));
    LossWatch[] targets = new LossWatch[lengthOf("targets", in)];
    for (int t = 0; t < targets.length; t++) {
      targets[t] = new LossWatch(detection, in.get() == 1);
      targets[t].decode(in);
    }
    if (in.hasRemaining()) {
      int computed = Checksum.of(in.array(), in.position());
      int found = in.getInt();
      expect("checksum " + Integer.toHexString(computed), found == computed, found);
      expect("nothing more", !in.hasRemaining(), in.remaining());
    }
    DriftState state = new DriftState(detection, targets);
    state.boosted = boosted;
    state.resetAt = resetAt;
    return state;
  }

  /** A length; no room is made for more than can follow. */
  private static int lengthOf(String what, ByteBuffer in) {
    int length = in.getInt();
    expect("a length of " + what, length >= 0 && length <= in.remaining(), length);
    return length;
  }

  private static void expect(String expected, boolean met, int found) {
    if (!met) {
      throw new IllegalArgumentException(
          "drift: expected "
              + expected
              + ", found "
              + found
              + " (hexadecimal "
              + Integer.toHexString(found)
              + ")");
    }
  }
}
