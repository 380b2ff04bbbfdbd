package eddy.state;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.ObjLongConsumer;
import org.apache.kafka.common.utils.Bytes;

/**
 * Objects in memory only, as a replay keeps them.
 *
 * @param <V> the live object
 */
public final class MapStore<V> implements ObjectStore<V> {
  private final Map<Bytes, V> values = new HashMap<>();

  /** Keys in order; made when it is first asked for. */
  private TreeSet<Bytes> ordered;

  @Override
  public V get(Bytes key) {
    return values.get(key);
  }

  @Override
  public void put(Bytes key, V value) {
    if (values.put(key, value) == null && ordered != null) {
      ordered.add(key);
    }
  }

  @Override
  public void delete(Bytes key) {
    values.remove(key);
    if (ordered != null) {
      ordered.remove(key);
    }
  }

  @Override
  public Bytes times(Bytes after, int count, Time<V> time, ObjLongConsumer<Bytes> visitor) {
    if (ordered == null) {
      ordered = new TreeSet<>(values.keySet());
    }
    List<Bytes> keys =
        (after == null ? ordered : ordered.tailSet(after, false)).stream().limit(count).toList();
    keys.forEach(key -> visitor.accept(key, time.live().applyAsLong(values.get(key))));
    return keys.isEmpty() ? null : keys.get(keys.size() - 1);
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
