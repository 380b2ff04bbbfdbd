package eddy.state;

/**
 * How a live object becomes bytes and back.
 *
 * @param <V> the live object; mutable
 */
public interface StateCodec<V> {
  /**
   * All of the object's state but for its {@link #parts}; equal states give equal bytes. Leaves the
   * object as it is.
   */
  byte[] encode(V value);

  /**
   * The object that {@link #encode} was given, but for its parts.
   *
   * @throws RuntimeException when the bytes are not of this codec; it ends the task
   */
  V decode(byte[] bytes);

  /** What is stored apart from the object; nothing unless said otherwise. */
  default PartCodec<V> parts() {
    return PartCodec.none();
  }

  /** About how many bytes of heap the object holds, its arrays above all. */
  long heapBytes(V value);
}
