package eddy.state;

/** Bytes that are stored as they are; they must not be changed in place. */
public final class BytesCodec implements StateCodec<byte[]> {
  @Override
  public byte[] encode(byte[] value) {
    return value;
  }

  @Override
  public byte[] decode(byte[] bytes) {
    return bytes;
  }

  @Override
  public long heapBytes(byte[] value) {
    return value.length;
  }
}
