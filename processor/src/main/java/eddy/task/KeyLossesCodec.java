package eddy.task;

import eddy.learn.IncompatibleStateException;
import eddy.state.StateCodec;
import eddy.surprise.KeyLosses;

/**
 * The stored form of {@link KeyLosses}.
 *
 * @param heapBytes of any of them
 */
public record KeyLossesCodec(long heapBytes) implements StateCodec<KeyLosses> {
  /** What a store keeps besides: the key, its entry in a map, what is stored of it. */
  private static final long ENTRY = 400;

  /** Of so many targets. */
  public static KeyLossesCodec of(int targets) {
    return new KeyLossesCodec(new KeyLosses(targets).heapBytes() + ENTRY);
  }

  @Override
  public byte[] encode(KeyLosses value) {
    return value.encode();
  }

  @Override
  public KeyLosses decode(byte[] bytes) {
    try {
      return KeyLosses.decode(bytes);
    } catch (IllegalArgumentException e) {
      throw new IncompatibleStateException(e.getMessage());
    }
  }

  @Override
  public long heapBytes(KeyLosses value) {
    return heapBytes;
  }
}
