package eddy.state;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/**
 * What a store held, from the records of one partition of its changelog: for readers outside of the
 * app. In memory; what is written to it reaches no app.
 *
 * @param <V> the object
 */
public final class ChangelogStore<V> {
  private final KeyValueStore<Bytes, byte[]> records;
  private final ObjectStore<V> objects;

  /** An empty store. */
  public ChangelogStore(StateCodec<V> codec) {
    records = Stores.inMemoryKeyValueStore("changelog").get();
    objects = new WriteBehindStore<>(records, codec, () -> Long.MAX_VALUE, () -> Long.MAX_VALUE);
  }

  /** Takes the next record of the changelog, before anything is asked. */
  public void add(ConsumerRecord<byte[], byte[]> record) {
    records.put(Bytes.wrap(record.key()), record.value());
  }

  /** The store as the records that were added have left it. */
  public ObjectStore<V> objects() {
    return objects;
  }
}
