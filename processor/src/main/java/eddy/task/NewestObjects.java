package eddy.task;

import eddy.state.LiveObjects;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;

/** So many objects in memory, those that were used last. */
final class NewestObjects<V> implements LiveObjects<V> {
  private final Map<Bytes, V> values;

  NewestObjects(int most) {
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
}
