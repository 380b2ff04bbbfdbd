package eddy.state;

/**
 * How a live object becomes bytes and back.
 *
 * @param <V> the live object; mutable
 */
public interface StateCodec<V> {
  /** All of the object's state; equal states give equal bytes. Leaves the object as it is. */
  byte[] encode(V value);

  /**
   * The object that {@link #encode} was given.
   *
   * @throws RuntimeException when the bytes are not of this codec; it ends the task
   */
  V decode(byte[] bytes);

  /** About how many bytes of heap the object holds, its arrays above all. */
  long heapBytes(V value);
}
