package eddy.state;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** A live object for tests: a running sum, and padding of a given length that depends on it. */
final class Sum {
  long total;
  byte[] padding;

  Sum(long total, int paddingBytes) {
    this.total = total;
    pad(paddingBytes);
  }

  /** Fills the padding so that the state of one sum never looks like that of another. */
  void pad(int bytes) {
    padding = new byte[bytes];
    for (int i = 0; i < bytes; i++) {
      padding[i] = (byte) (total * 31 + i * 7 + (i >> 10));
    }
  }

  /** Counts encodings, so that tests can see when objects are written. */
  static final class Codec implements StateCodec<Sum> {
    int encoded;
    int decoded;

    @Override
    public byte[] encode(Sum value) {
      encoded++;
      return ByteBuffer.allocate(Long.BYTES + value.padding.length)
          .putLong(value.total)
          .put(value.padding)
          .array();
    }

    @Override
    public Sum decode(byte[] bytes) {
      decoded++;
      Sum sum = new Sum(ByteBuffer.wrap(bytes).getLong(), 0);
      sum.padding = Arrays.copyOfRange(bytes, Long.BYTES, bytes.length);
      return sum;
    }

    @Override
    public long heapBytes(Sum value) {
      return 100 + value.padding.length;
    }
  }
}
