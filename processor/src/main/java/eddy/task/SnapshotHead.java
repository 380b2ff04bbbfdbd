package eddy.task;

import eddy.learn.StoredForm;
import eddy.math.Checksum;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * What is known of a snapshot before its contents. Stored little-endian: cookie | full | sets of
 * weights | keys | task state | CRC32C. In format 1 the last was missing, and only the task state
 * had one of its own: counts that were altered there cannot be told.
 *
 * @param full whether the states of keys are in it
 * @param weights how many of them are in it
 * @param keys how many of them are in it; 0 unless it is full
 * @param task as it was; its positions say which entry was the last before
 */
public record SnapshotHead(boolean full, int weights, int keys, TaskState task) {
  private static final StoredForm FORM = new StoredForm("snapshot");
  private static final int FIRST = 0xEDD6_0001;
  private static final int COOKIE = 0xEDD6_0002;
  private static final int FIXED = Integer.BYTES + 1 + 2 * Integer.BYTES;
  private static final TaskStateCodec TASK = new TaskStateCodec();

  byte[] encode() {
    byte[] state = TASK.encode(task);
    int end = FIXED + state.length;
    ByteBuffer out = ByteBuffer.allocate(end + Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    out.putInt(COOKIE).put((byte) (full ? 1 : 0)).putInt(weights).putInt(keys).put(state);
    return out.putInt(Checksum.of(out.array(), end)).array();
  }

  /** Throws IncompatibleStateException where the bytes are of another format, or altered. */
  static SnapshotHead decode(byte[] bytes) {
    int least = FIXED + Integer.BYTES;
    FORM.expect("at least " + least + " bytes", bytes.length >= least, bytes.length + " bytes");
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int cookie = in.getInt();
    FORM.expect(
        "format " + Integer.toHexString(COOKIE),
        cookie == COOKIE || cookie == FIRST,
        Integer.toHexString(cookie));
    int end = cookie == FIRST ? bytes.length : bytes.length - Integer.BYTES;
    if (cookie != FIRST) {
      int sum = Checksum.of(bytes, end);
      FORM.expect("checksum " + in.getInt(end), in.getInt(end) == sum, String.valueOf(sum));
    }
    int full = in.get();
    int weights = in.getInt();
    int keys = in.getInt();
    FORM.expect(
        "counts from 0, and keys in a full one only",
        full >= 0 && full <= 1 && weights >= 0 && keys >= 0 && (full == 1 || keys == 0),
        weights + " sets of weights, " + keys + " keys, full " + full);
    byte[] state = Arrays.copyOfRange(bytes, FIXED, end);
    return new SnapshotHead(full == 1, weights, keys, TASK.decode(state));
  }
}
