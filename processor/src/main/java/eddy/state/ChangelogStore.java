package eddy.state;

import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/**
 * What a store held, from the records of one partition of its changelog: for readers outside of the
 * app. All is counted; what is asked for is kept, in memory. What is written to it reaches no app.
 *
 * @param <V> the object
 */
public final class ChangelogStore<V> {
  private final KeyValueStore<Bytes, byte[]> records;
  private final ObjectStore<V> objects;
  private final Predicate<Bytes> asked;
  private final ChangelogSizes sizes = new ChangelogSizes();

  /** An empty store that keeps all objects. */
  public ChangelogStore(StateCodec<V> codec) {
    this(codec, key -> true);
  }

  /**
   * An empty store.
   *
   * @param asked keys whose objects are kept
   */
  public ChangelogStore(StateCodec<V> codec, Predicate<Bytes> asked) {
    this.asked = asked;
    records = Stores.inMemoryKeyValueStore("changelog").get();
    objects = new WriteBehindStore<>(records, codec, () -> Long.MAX_VALUE, () -> Long.MAX_VALUE);
  }

  /** Takes the next record of the changelog, before anything is asked. */
  public void add(ConsumerRecord<byte[], byte[]> record) {
    byte[] key = record.key();
    int size = record.value() == null ? 0 : key.length + record.value().length;
    sizes.add(key, size, ChunkedValues.beginsValue(key));
    if (asked.test(ChunkedValues.owner(key))) {
      records.put(Bytes.wrap(key), record.value());
    }
  }

  /** Keys that have an object, also where it is not kept here. */
  public long keys() {
    return sizes.keys();
  }

  /** Bytes of the records that are not overwritten or deleted. */
  public long bytes() {
    return sizes.bytes();
  }

  /** The objects that were asked for, as the records that were added have left them. */
  public ObjectStore<V> objects() {
    return objects;
  }
}
