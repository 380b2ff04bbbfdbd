package eddy.state;

import org.apache.kafka.common.utils.Bytes;

/**
 * Live objects by key. An object may be changed in place; the {@link #put} that follows makes the
 * change count. An object must not be held beyond the next call with another key. For one thread.
 *
 * @param <V> the live object
 */
public interface LiveObjects<V> {
  /** The object of a key, null when it has none. */
  V get(Bytes key);

  /** Makes the object the key's, also when it is so already. */
  void put(Bytes key, V value);

  /** Removes a key. */
  void delete(Bytes key);
}
