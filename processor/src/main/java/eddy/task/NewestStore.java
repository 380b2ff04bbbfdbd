package eddy.task;

import eddy.state.ObjectStore;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.ObjLongConsumer;
import org.apache.kafka.common.utils.Bytes;

/** So many objects in memory, those that were used last. */
final class NewestStore<V> implements ObjectStore<V> {
  private final Map<Bytes, V> values;

  NewestStore(int most) {
    values =
        new LinkedHashMap<>(16, .75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<Bytes, V> eldest) {
            return size() > most;
          }
        };
  }

  @Override
  public V get(Bytes key) {
    return values.get(key);
  }

  @Override
  public void put(Bytes key, V value) {
    values.put(key, value);
  }

  @Override
  public void delete(Bytes key) {
    values.remove(key);
  }

  /** Refused: nothing sweeps over what is not kept. */
  @Override
  public Bytes times(Bytes after, int count, Time<V> time, ObjLongConsumer<Bytes> visitor) {
    throw new UnsupportedOperationException("the newest objects have no order of keys");
  }

  @Override
  public void forEach(BiConsumer<? super Bytes, ? super V> visitor) {
    values.forEach(visitor);
  }
}
