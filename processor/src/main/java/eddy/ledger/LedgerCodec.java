package eddy.ledger;

import eddy.learn.IncompatibleStateException;
import eddy.learn.StoredForm;
import eddy.math.Checksum;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;

/**
 * How an entry stands in the ledger topic: key and headers are the record's own; its value is a
 * frame, little-endian: cookie | kind | partition | offset | timestamp | length, -1 for null |
 * value | CRC32C.
 *
 * <p>The timestamp stands in the frame because the topic's own is that of the append, by which the
 * broker keeps it.
 */
public final class LedgerCodec {
  private static final StoredForm FORM = new StoredForm("ledger entry");
  private static final int COOKIE = 0xEDD4_0001;
  private static final int KIND = Integer.BYTES;
  private static final int PARTITION = KIND + Byte.BYTES;
  private static final int OFFSET = PARTITION + Integer.BYTES;
  private static final int TIMESTAMP = OFFSET + Long.BYTES;
  private static final int LENGTH = TIMESTAMP + Long.BYTES;
  private static final int VALUE = LENGTH + Integer.BYTES;
  private static final LedgerEntry.Kind[] KINDS = LedgerEntry.Kind.values();

  private LedgerCodec() {}

  /** The frame of an entry. */
  public static byte[] encode(LedgerEntry entry) {
    byte[] value = entry.value();
    int length = value == null ? 0 : value.length;
    ByteBuffer out = order(ByteBuffer.allocate(VALUE + length + Integer.BYTES));
    out.putInt(COOKIE).put((byte) entry.kind().ordinal());
    out.putInt(entry.partition()).putLong(entry.offset()).putLong(entry.timestamp());
    out.putInt(value == null ? -1 : length);
    if (value != null) {
      out.put(value);
    }
    return out.putInt(checksum(out.array())).array();
  }

  /**
   * The entry that stands in a record of the ledger topic.
   *
   * @throws IncompatibleStateException where the frame is not what {@link #encode} has made
   */
  public static LedgerEntry decode(byte[] key, byte[] frame, Headers headers) {
    ByteBuffer in = open(frame);
    int stored = in.getInt(frame.length - Integer.BYTES);
    FORM.expect("checksum " + stored, stored == checksum(frame), String.valueOf(checksum(frame)));
    int length = in.getInt(LENGTH);
    int held = frame.length - VALUE - Integer.BYTES;
    FORM.expect("a value of " + length + " bytes", held == Math.max(0, length), held + " bytes");
    byte[] value = null;
    if (length >= 0) {
      value = new byte[length];
      in.get(VALUE, value);
    }
    return new LedgerEntry(
        kind(in),
        in.getInt(PARTITION),
        in.getLong(OFFSET),
        in.getLong(TIMESTAMP),
        key,
        value,
        headers);
  }

  /** The same for a record that was read from the topic. */
  public static LedgerEntry read(ConsumerRecord<byte[], byte[]> record) {
    return decode(record.key(), record.value(), record.headers());
  }

  /** What a frame is to a task. */
  public static LedgerEntry.Kind kind(byte[] frame) {
    return kind(open(frame));
  }

  /** Partition that a frame's record came from. */
  public static int partition(byte[] frame) {
    return open(frame).getInt(PARTITION);
  }

  /** Timestamp that a frame's record had. */
  public static long timestamp(byte[] frame) {
    return open(frame).getLong(TIMESTAMP);
  }

  private static ByteBuffer open(byte[] frame) {
    int least = VALUE + Integer.BYTES;
    int bytes = frame == null ? 0 : frame.length;
    FORM.expect("at least " + least + " bytes", bytes >= least, bytes + " bytes");
    ByteBuffer in = order(ByteBuffer.wrap(frame));
    int cookie = in.getInt(0);
    FORM.expect(
        "format " + Integer.toHexString(COOKIE), cookie == COOKIE, Integer.toHexString(cookie));
    return in;
  }

  private static LedgerEntry.Kind kind(ByteBuffer in) {
    int kind = in.get(KIND);
    FORM.expect("a kind below " + KINDS.length, kind >= 0 && kind < KINDS.length, "kind " + kind);
    return KINDS[kind];
  }

  private static ByteBuffer order(ByteBuffer buffer) {
    return buffer.order(ByteOrder.LITTLE_ENDIAN);
  }

  private static int checksum(byte[] frame) {
    return Checksum.of(frame, frame.length - Integer.BYTES);
  }
}
