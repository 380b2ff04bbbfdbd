package eddy.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

/** A store that is read from its changelog. */
class ChangelogStoreTest {
  private static final Bytes SMALL = Bytes.wrap(new byte[] {1});
  private static final Bytes LARGE = Bytes.wrap(new byte[] {2});
  private static final Bytes GONE = Bytes.wrap(new byte[] {3});
  private static final byte[] CHUNKED = new byte[1_500_000];

  static {
    for (int i = 0; i < CHUNKED.length; i++) {
      CHUNKED[i] = (byte) (i * 31 >> 8);
    }
  }

  /** What a store with these values writes to its inner one, which is what its changelog holds. */
  private static List<ConsumerRecord<byte[], byte[]>> changelog() {
    KeyValueStore<Bytes, byte[]> inner = Stores.inMemoryKeyValueStore("inner").get();
    WriteBehindStore<byte[]> store =
        new WriteBehindStore<>(inner, new BytesCodec(), () -> Long.MAX_VALUE, () -> Long.MAX_VALUE);
    store.put(SMALL, new byte[] {7});
    store.put(LARGE, CHUNKED);
    store.put(GONE, new byte[] {8});
    store.flushCache();
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (KeyValueIterator<Bytes, byte[]> all = inner.all()) {
      while (all.hasNext()) {
        KeyValue<Bytes, byte[]> entry = all.next();
        records.add(new ConsumerRecord<>("c", 0, records.size(), entry.key.get(), entry.value));
      }
    }
    for (ConsumerRecord<byte[], byte[]> record : List.copyOf(records)) {
      byte[] key = record.key();
      if (key[key.length - 1] == 3) {
        records.add(new ConsumerRecord<>("c", 0, records.size(), key, null));
      }
    }
    return records;
  }

  @Test
  void objects_wholeChangelog_areThoseThatWereStored() {
    ChangelogStore<byte[]> store = new ChangelogStore<>(new BytesCodec());
    changelog().forEach(store::add);

    assertThat(store.objects().get(SMALL)).containsExactly(7);
    assertThat(store.objects().get(LARGE)).isEqualTo(CHUNKED);
    assertThat(store.objects().get(GONE)).isNull();
    List<Bytes> keys = new ArrayList<>();
    store.objects().forEach((key, value) -> keys.add(key));
    assertThat(keys).containsExactly(SMALL, LARGE);
  }

  @Test
  void objects_askedForByKey_areKeptAloneAndAllAreCounted() {
    ChangelogStore<byte[]> store = new ChangelogStore<>(new BytesCodec(), LARGE::equals);
    changelog().forEach(store::add);
    ChangelogStore<byte[]> all = new ChangelogStore<>(new BytesCodec());
    changelog().forEach(all::add);

    assertThat(store.objects().get(LARGE)).isEqualTo(CHUNKED);
    assertThat(store.objects().get(SMALL)).isNull();
    assertThat(store.keys()).isEqualTo(2);
    // each chunk has a header of at most 16 bytes and a key of at most 10
    assertThat(store.bytes()).isEqualTo(all.bytes()).isBetween(1_500_001L, 1_500_001L + 4 * 26);
  }

  @Test
  void keys_thousandsOfThem_areCountedEachOnce() {
    ChangelogStore<byte[]> store = new ChangelogStore<>(new BytesCodec(), key -> false);
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < 5000; i++) {
        byte[] key = {0, (byte) (i >> 8), (byte) i};
        byte[] value = round == 1 && i % 5 == 0 ? null : new byte[10 + round];
        store.add(new ConsumerRecord<>("c", 0, i, key, value));
      }
    }

    assertThat(store.keys()).isEqualTo(4000);
    assertThat(store.bytes()).isEqualTo(4000 * (3 + 11));
  }

  @Test
  void objects_aChunkMissing_isToldAndNotGuessed() {
    ChangelogStore<byte[]> store = new ChangelogStore<>(new BytesCodec());
    for (ConsumerRecord<byte[], byte[]> record : changelog()) {
      boolean lastChunk = Arrays.equals(record.key(), new byte[] {1, 2, 0, 0, 0, 0, 0, 0, 0, 2});
      if (!lastChunk) {
        store.add(record);
      }
    }

    assertThatThrownBy(() -> store.objects().get(LARGE))
        .isInstanceOf(ProcessorStateException.class)
        .hasMessageContaining("chunk 2 is missing");
  }
}
