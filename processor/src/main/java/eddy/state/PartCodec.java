package eddy.state;

/**
 * Parts of an object that are stored apart from it, so that a write takes only those that have
 * changed.
 *
 * <p>What {@link StateCodec#encode} gives and the parts that the object needs are all of its state.
 *
 * @param <V> the live object; mutable
 */
public interface PartCodec<V> {
  /** Number of parts of any object, needed or not. */
  int count();

  /** Whether a part holds anything that later use reads. */
  boolean needed(V value, int part);

  /** Whether a part has changed since {@link #stored} was called for it, or it was decoded. */
  boolean changed(V value, int part);

  /** Takes note that a part is stored as it is now. */
  void stored(V value, int part);

  /** A part; equal states give equal bytes. Leaves the object as it is. */
  byte[] encode(V value, int part);

  /**
   * Takes back a part that the object needs. Modifies only value.
   *
   * @throws RuntimeException when the bytes are not of this codec and part; it ends the task
   */
  void decode(byte[] bytes, int part, V value);

  /** Of objects that are stored whole. */
  static <V> PartCodec<V> none() {
    return new PartCodec<>() {
      @Override
      public int count() {
        return 0;
      }

      @Override
      public boolean needed(V value, int part) {
        return false;
      }

      @Override
      public boolean changed(V value, int part) {
        return false;
      }

      @Override
      public void stored(V value, int part) {
        throw new IndexOutOfBoundsException(part);
      }

      @Override
      public byte[] encode(V value, int part) {
        throw new IndexOutOfBoundsException(part);
      }

      @Override
      public void decode(byte[] bytes, int part, V value) {
        throw new IndexOutOfBoundsException(part);
      }
    };
  }
}
