package eddy.state;

import java.util.Map;
import java.util.function.LongSupplier;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Builds a {@link WriteBehindStore} over a persistent key-value store, with a changelog unless told
 * otherwise.
 *
 * @param <V> the live object
 */
public final class WriteBehindStoreBuilder<V> implements StoreBuilder<WriteBehindStore<V>> {
  private final StoreBuilder<KeyValueStore<Bytes, byte[]>> inner;
  private final StateCodec<V> codec;
  private final LongSupplier heapBytes;
  private LongSupplier dirtyBytes = () -> Long.MAX_VALUE;

  WriteBehindStoreBuilder(String name, StateCodec<V> codec, LongSupplier heapBytes) {
    // Not a timestamped store: on restore Streams chooses the record converter from the type of the
    // outer store, which is not timestamped, so the inner one must not be either.
    this.inner =
        Stores.keyValueStoreBuilder(
                Stores.persistentKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray())
            .withCachingDisabled()
            .withLoggingEnabled(Map.of());
    this.codec = codec;
    this.heapBytes = heapBytes;
  }

  /**
   * Bounds what waits for a commit; beyond it, objects are written early in the same transaction.
   *
   * @param bytes asked by the threads of all tasks, in bytes of heap
   */
  public WriteBehindStoreBuilder<V> withDirtyBytes(LongSupplier bytes) {
    dirtyBytes = bytes;
    return this;
  }

  @Override
  public WriteBehindStore<V> build() {
    return new WriteBehindStore<>(inner.build(), codec, heapBytes, dirtyBytes);
  }

  /** Changes nothing: the store is a cache itself, and one more below it would write twice. */
  @Override
  public WriteBehindStoreBuilder<V> withCachingEnabled() {
    return this;
  }

  @Override
  public WriteBehindStoreBuilder<V> withCachingDisabled() {
    return this;
  }

  @Override
  public WriteBehindStoreBuilder<V> withLoggingEnabled(Map<String, String> config) {
    inner.withLoggingEnabled(config);
    return this;
  }

  @Override
  public WriteBehindStoreBuilder<V> withLoggingDisabled() {
    inner.withLoggingDisabled();
    return this;
  }

  @Override
  public Map<String, String> logConfig() {
    return inner.logConfig();
  }

  @Override
  public boolean loggingEnabled() {
    return inner.loggingEnabled();
  }

  @Override
  public String name() {
    return inner.name();
  }
}
