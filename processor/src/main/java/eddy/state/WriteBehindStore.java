package eddy.state;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import java.util.function.ObjLongConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.query.Position;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.internals.CacheFlushListener;
import org.apache.kafka.streams.state.internals.CachedStateStore;

/**
 * A fault-tolerant store of live objects: those changed are encoded once per commit, not once per
 * event.
 *
 * <p>An object taken with {@link #get} may be changed in place; {@link #put} then marks it dirty.
 * Both calls may send the longest unused objects to the inner store, so a change counts from the
 * put that follows it, and an object must not be held beyond the next call with another key. One
 * thread at a time, the task's own.
 *
 * <p>Durability: a task writes its dirty objects to the inner store, and so to the changelog, in
 * the transaction that commits the events which changed them. On a crash neither is seen.
 *
 * <p>Kafka Streams calls {@code flushCache} before it commits the transaction, and {@code commit}
 * and {@code flush} after it, where writes are lost; that interface is internal, and this is the
 * only class that knows it.
 *
 * @param <V> the live object
 */
public final class WriteBehindStore<V>
    implements ObjectStore<V>, StateStore, CachedStateStore<Bytes, V> {
  private final KeyValueStore<Bytes, byte[]> inner;
  private final ChunkedValues values;
  private final StateCodec<V> codec;
  private final PartCodec<V> parts;
  private final LongSupplier heapBound;
  private final LongSupplier dirtyBound;

  /** From the longest unused to the one used last. */
  private final LinkedHashMap<Bytes, Live<V>> live = new LinkedHashMap<>(16, 0.75f, true);

  /** In the order in which they became dirty, so that equal histories write equal changelogs. */
  private final LinkedHashMap<Bytes, Live<V>> dirty = new LinkedHashMap<>();

  /** Keys of live objects of which the inner store holds nothing. */
  private final TreeSet<Bytes> neverStored = new TreeSet<>();

  private long dirtyBytes;
  private long heapBytes;

  private static final class Live<V> {
    final Bytes key;
    V value;
    Extent stored;
    long heapBytes;

    /** Counted as dirty, as long as it is. */
    long dirtyBytes;

    boolean dirty;

    /** Whether the parts in the store are of another object. */
    boolean replaced;

    Live(Bytes key, V value, Extent stored) {
      this.key = key;
      this.value = value;
      this.stored = stored;
    }
  }

  WriteBehindStore(
      KeyValueStore<Bytes, byte[]> inner,
      StateCodec<V> codec,
      LongSupplier heapBound,
      LongSupplier dirtyBound) {
    this.inner = inner;
    this.dirtyBound = dirtyBound;
    this.values = new ChunkedValues(inner);
    this.codec = codec;
    parts = codec.parts();
    this.heapBound = heapBound;
  }

  /**
   * A builder of stores with a changelog, to be added to a topology.
   *
   * @param heapBytes bound of the live objects of one store, that is of one task; the object used
   *     last stays live even when it alone is larger
   */
  public static <V> WriteBehindStoreBuilder<V> builder(
      String name, StateCodec<V> codec, long heapBytes) {
    if (heapBytes < 1) {
      throw new IllegalArgumentException("heapBytes must be >= 1 but was " + heapBytes);
    }
    return builder(name, codec, () -> heapBytes);
  }

  /**
   * A builder of stores whose bound may change while they are used, so that several share a heap.
   *
   * @param heapBytes asked by the threads of all tasks; a smaller bound makes room at the next put
   */
  public static <V> WriteBehindStoreBuilder<V> builder(
      String name, StateCodec<V> codec, LongSupplier heapBytes) {
    return new WriteBehindStoreBuilder<>(name, codec, heapBytes);
  }

  /** The live object of a key, null when it has none. */
  @Override
  public V get(Bytes key) {
    Live<V> entry = live.get(key);
    if (entry == null) {
      ChunkedValues.Found found = values.read(key);
      if (found == null) {
        return null;
      }
      entry = add(key, decode(key, found), found.extent());
      makeRoom();
    }
    return entry.value;
  }

  /** Makes the object the key's live one and marks it dirty, also when it is so already. */
  @Override
  public void put(Bytes key, V value) {
    Live<V> entry = live.get(key);
    if (entry == null) {
      entry = add(key, value, values.extent(key));
      entry.replaced = true;
      if (entry.stored.version() == 0) {
        neverStored.add(key);
      }
    } else {
      entry.replaced |= entry.value != value;
      entry.value = value;
      measure(entry);
    }
    if (!entry.dirty) {
      entry.dirty = true;
      entry.dirtyBytes = entry.heapBytes;
      dirtyBytes += entry.dirtyBytes;
      dirty.put(key, entry);
      writeEarly();
    }
    makeRoom();
  }

  /** Writes what has been dirty longest, so that a commit is not late for its transaction. */
  private void writeEarly() {
    long bound = dirtyBound.getAsLong();
    while (dirtyBytes > bound && dirty.size() > 1) {
      write(dirty.values().iterator().next());
    }
  }

  /** Removes a key, at once in the inner store too. */
  @Override
  public void delete(Bytes key) {
    Live<V> entry = live.remove(key);
    if (entry == null) {
      values.delete(key, values.extent(key));
      return;
    }
    drop(entry);
    neverStored.remove(key);
    values.delete(key, entry.stored);
  }

  /**
   * Hands every key and its object to the visitor, in the order of the keys' bytes. Writes dirty
   * objects first; objects that are not live are decoded for the visitor alone. The visitor must
   * not change them, nor call this store.
   */
  @Override
  public void forEach(BiConsumer<? super Bytes, ? super V> visitor) {
    flushCache();
    values.forEachKey(
        key -> {
          Live<V> entry = live.get(key);
          visitor.accept(key, entry == null ? decode(key, values.read(key)) : entry.value);
        });
  }

  @Override
  public Bytes times(Bytes after, int count, Time<V> time, ObjLongConsumer<Bytes> visitor) {
    TreeMap<Bytes, Long> times = new TreeMap<>();
    values.forNext(
        after,
        (key, value) -> {
          // what is dirty is newer than what is written
          Live<V> changed = dirty.get(key);
          times.put(
              key,
              changed == null
                  ? time.encoded().applyAsLong(value)
                  : time.live().applyAsLong(changed.value));
          return times.size() < count;
        });
    (after == null ? neverStored : neverStored.tailSet(after, false))
        .stream()
            .limit(count)
            .forEach(key -> times.put(key, time.live().applyAsLong(dirty.get(key).value)));
    Bytes last = null;
    for (Map.Entry<Bytes, Long> entry : times.entrySet().stream().limit(count).toList()) {
      last = entry.getKey();
      visitor.accept(last, entry.getValue());
    }
    return last;
  }

  /** Number of live objects. */
  public int liveObjects() {
    return live.size();
  }

  /** Heap of the live objects, as the codec counts it. */
  public long liveHeapBytes() {
    return heapBytes;
  }

  /** Number of live objects that the next commit will write. */
  public int dirtyObjects() {
    return dirty.size();
  }

  private V decode(Bytes key, ChunkedValues.Found found) {
    V value = codec.decode(found.value());
    for (int part = 0; part < parts.count(); part++) {
      if (parts.needed(value, part)) {
        parts.decode(values.readPart(key, part, found.extent()), part, value);
        parts.stored(value, part);
      }
    }
    return value;
  }

  private Live<V> add(Bytes key, V value, Extent stored) {
    Live<V> entry = new Live<>(key, value, stored);
    live.put(key, entry);
    measure(entry);
    return entry;
  }

  private void measure(Live<V> entry) {
    long bytes = codec.heapBytes(entry.value);
    heapBytes += bytes - entry.heapBytes;
    entry.heapBytes = bytes;
  }

  private void makeRoom() {
    long bound = heapBound.getAsLong();
    if (heapBytes <= bound || live.size() == 1) {
      return;
    }
    Iterator<Live<V>> longestUnused = live.values().iterator();
    while (heapBytes > bound && live.size() > 1) {
      Live<V> entry = longestUnused.next();
      if (entry.dirty) {
        write(entry);
      }
      longestUnused.remove();
      drop(entry);
    }
  }

  private void write(Live<V> entry) {
    neverStored.remove(entry.key);
    entry.stored =
        values.write(
            entry.key, codec.encode(entry.value), new Changes<>(parts, entry), entry.stored);
    entry.replaced = false;
    clean(entry);
  }

  /** What a write takes of an object's parts. */
  private record Changes<V>(PartCodec<V> parts, Live<V> entry) implements ChunkedValues.Pieces {
    @Override
    public int count() {
      return parts.count();
    }

    @Override
    public boolean needed(int part) {
      return parts.needed(entry.value, part);
    }

    @Override
    public byte[] changed(int part) {
      if (!entry.replaced && !parts.changed(entry.value, part)) {
        return null;
      }
      byte[] bytes = parts.encode(entry.value, part);
      parts.stored(entry.value, part);
      return bytes;
    }
  }

  private void clean(Live<V> entry) {
    if (entry.dirty) {
      entry.dirty = false;
      dirty.remove(entry.key);
      dirtyBytes -= entry.dirtyBytes;
    }
  }

  private void drop(Live<V> entry) {
    clean(entry);
    heapBytes -= entry.heapBytes;
    entry.value = null;
  }

  /** Called by Kafka Streams before a commit: what is written here belongs to its transaction. */
  @Override
  public void flushCache() {
    List.copyOf(dirty.values()).forEach(this::write);
  }

  /** Called when the inner store may have been written by a restore: the live objects are stale. */
  @Override
  public void clearCache() {
    live.clear();
    neverStored.clear();
    dirty.clear();
    dirtyBytes = 0;
    heapBytes = 0;
  }

  /** Refused, for nothing is forwarded downstream from this cache. */
  @Override
  public boolean setFlushListener(CacheFlushListener<Bytes, V> listener, boolean sendOldValues) {
    return false;
  }

  @Override
  public String name() {
    return inner.name();
  }

  @Override
  public void init(StateStoreContext context, StateStore root) {
    // Registers this store, not the inner one, as the one that is flushed, committed and closed.
    inner.init(context, root);
  }

  @Override
  public void commit(Map<TopicPartition, Long> changelogOffsets) {
    inner.commit(changelogOffsets);
  }

  @Override
  public Long committedOffset(TopicPartition partition) {
    return inner.committedOffset(partition);
  }

  @Override
  @Deprecated
  public boolean managesOffsets() {
    return inner.managesOffsets();
  }

  @Override
  public boolean persistent() {
    return inner.persistent();
  }

  @Override
  public boolean isOpen() {
    return inner.isOpen();
  }

  @Override
  public Position getPosition() {
    return inner.getPosition();
  }

  /** Drops what was not committed, as a task that failed must; a clean end has flushed before. */
  @Override
  public void close() {
    clearCache();
    inner.close();
  }
}
