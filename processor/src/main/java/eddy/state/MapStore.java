package eddy.state;

import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.kafka.common.utils.Bytes;

/**
 * Objects in memory only, as a replay keeps them.
 *
 * @param <V> the live object
 */
public final class MapStore<V> implements ObjectStore<V> {
  private final Map<Bytes, V> values = new HashMap<>();

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

  @Override
  public void forEach(BiConsumer<? super Bytes, ? super V> visitor) {
    values.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(entry -> visitor.accept(entry.getKey(), entry.getValue()));
  }

  /** Number of keys. */
  public int size() {
    return values.size();
  }
}
