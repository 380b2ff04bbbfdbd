package eddy.task;

import eddy.learn.IncompatibleStateException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * What is known of a snapshot before its contents. Stored little-endian: cookie | full | sets of
 * weights | keys | task state.
 *
 * @param full whether the states of keys are in it
 * @param weights how many of them are in it
 * @param keys how many of them are in it; 0 unless it is full
 * @param task as it was; its positions say which entry was the last before
 */
public record SnapshotHead(boolean full, int weights, int keys, TaskState task) {
  private static final int COOKIE = 0xEDD6_0001;
  private static final int FIXED = Integer.BYTES + 1 + 2 * Integer.BYTES;
  private static final TaskStateCodec TASK = new TaskStateCodec();

  byte[] encode() {
    byte[] state = TASK.encode(task);
    ByteBuffer out = ByteBuffer.allocate(FIXED + state.length).order(ByteOrder.LITTLE_ENDIAN);
    out.putInt(COOKIE).put((byte) (full ? 1 : 0)).putInt(weights).putInt(keys).put(state);
    return out.array();
  }

  /** Throws IncompatibleStateException where the bytes are of another format. */
  static SnapshotHead decode(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    if (bytes.length < FIXED || in.getInt() != COOKIE) {
      throw new IncompatibleStateException(
          "snapshot: expected format " + Integer.toHexString(COOKIE) + ", found another");
    }
    int full = in.get();
    int weights = in.getInt();
    int keys = in.getInt();
    if (full < 0 || full > 1 || weights < 0 || keys < 0 || full == 0 && keys > 0) {
      throw new IncompatibleStateException(
          "snapshot: expected counts from 0, and keys in a full one only, found "
              + weights
              + " sets of weights, "
              + keys
              + " keys, full "
              + full);
    }
    byte[] state = Arrays.copyOfRange(bytes, FIXED, bytes.length);
    return new SnapshotHead(full == 1, weights, keys, TASK.decode(state));
  }
}
