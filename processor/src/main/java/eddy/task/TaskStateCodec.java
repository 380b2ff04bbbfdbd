package eddy.task;

import eddy.learn.StoredForm;
import eddy.math.Checksum;
import eddy.state.StateCodec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The stored form of {@link TaskState}, little-endian: cookie | fingerprint of the learner | stream
 * time | position | input offset | paused | rate factor | next sweep | sweeping | bytes of the key
 * that a sweep has come to, -1 for none | that key | time of the sweep | time before which keys
 * have been looked into | number of counters | counters | CRC32C. Counters that a later version
 * adds begin at zero; format 1 had neither time of sweeps.
 */
public final class TaskStateCodec implements StateCodec<TaskState> {
  private static final StoredForm FORM = new StoredForm("task state");
  private static final int FIRST = 0xEDD3_0001;
  private static final int COOKIE = 0xEDD3_0002;
  private static final int SWEEP = 2 * Long.BYTES;

  /** Bytes of format 1 without keys and counters. */
  private static final int FIXED =
      Integer.BYTES + 5 * Long.BYTES + 2 + Float.BYTES + 3 * Integer.BYTES;

  private static final long HEAP_BYTES = 256;

  @Override
  public byte[] encode(TaskState state) {
    byte[] swept = state.sweptTo == null ? new byte[0] : state.sweptTo;
    int bytes = FIXED + SWEEP + swept.length + state.counts.length * Long.BYTES;
    ByteBuffer out = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    out.putInt(COOKIE)
        .putLong(state.fingerprint)
        .putLong(state.streamTime)
        .putLong(state.position)
        .putLong(state.inputOffset);
    out.put((byte) (state.paused ? 1 : 0)).putFloat(state.rateFactor);
    out.putLong(state.nextSweep).put((byte) (state.sweeping ? 1 : 0));
    out.putInt(state.sweptTo == null ? -1 : swept.length).put(swept);
    out.putLong(state.sweepTime).putLong(state.silentFrom);
    out.putInt(state.counts.length);
    for (long count : state.counts) {
      out.putLong(count);
    }
    return out.putInt(checksum(out.array())).array();
  }

  /** Throws IncompatibleStateException where the bytes are of another format. */
  @Override
  public TaskState decode(byte[] bytes) {
    FORM.expect("at least " + FIXED + " bytes", bytes.length >= FIXED, bytes.length + " bytes");
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int cookie = in.getInt();
    FORM.expect(
        "format " + Integer.toHexString(COOKIE),
        cookie == COOKIE || cookie == FIRST,
        Integer.toHexString(cookie));
    int stored = in.getInt(bytes.length - Integer.BYTES);
    FORM.expect("checksum " + stored, stored == checksum(bytes), String.valueOf(checksum(bytes)));
    TaskState state = new TaskState();
    state.fingerprint = in.getLong();
    state.streamTime = in.getLong();
    state.position = in.getLong();
    state.inputOffset = in.getLong();
    state.paused = in.get() == 1;
    state.rateFactor = in.getFloat();
    state.nextSweep = in.getLong();
    state.sweeping = in.get() == 1;
    int swept = in.getInt();
    FORM.expect("a key of the sweep", swept >= -1 && swept <= in.remaining(), swept + " bytes");
    if (swept >= 0) {
      state.sweptTo = new byte[swept];
      in.get(state.sweptTo);
    }
    if (cookie != FIRST) {
      FORM.expect("times of sweeps", in.remaining() >= SWEEP, in.remaining() + " bytes");
      state.sweepTime = in.getLong();
      state.silentFrom = in.getLong();
    }
    FORM.expect("counters", in.remaining() >= 2 * Integer.BYTES, in.remaining() + " bytes");
    int counters = in.getInt();
    int most = state.counts.length;
    FORM.expect("at most " + most + " counters", counters >= 0 && counters <= most, "" + counters);
    int left = in.remaining() - Integer.BYTES;
    FORM.expect(counters + " counters", left == counters * Long.BYTES, left + " bytes of them");
    for (int i = 0; i < counters; i++) {
      state.counts[i] = in.getLong();
    }
    return state;
  }

  private static int checksum(byte[] bytes) {
    return Checksum.of(bytes, bytes.length - Integer.BYTES);
  }

  @Override
  public long heapBytes(TaskState state) {
    return HEAP_BYTES;
  }
}
