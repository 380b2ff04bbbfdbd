package eddy.state;

import java.nio.ByteBuffer;
import java.util.function.BiConsumer;
import java.util.function.ObjLongConsumer;
import java.util.function.ToLongFunction;
import org.apache.kafka.common.utils.Bytes;

/**
 * Live objects by key, all of which can be gone through.
 *
 * @param <V> the live object
 */
public interface ObjectStore<V> extends LiveObjects<V> {
  /**
   * Tells the times of the next keys in the order of their bytes, at a small price: no object is
   * made live for it.
   *
   * @param after the key to go on after, null to begin
   * @param count of keys at most
   * @param time of an object, live or encoded
   * @return the last of these keys, null where there are no more
   */
  Bytes times(Bytes after, int count, Time<V> time, ObjLongConsumer<Bytes> visitor);

  /**
   * Where the time of an object is found.
   *
   * @param live in the object
   * @param encoded in the beginning of what its codec made of it
   */
  record Time<V>(ToLongFunction<V> live, ToLongFunction<ByteBuffer> encoded) {}

  /**
   * Hands every key and its object to the visitor, in the order of the keys' bytes. The visitor
   * must not change them, nor call this store.
   */
  void forEach(BiConsumer<? super Bytes, ? super V> visitor);
}
