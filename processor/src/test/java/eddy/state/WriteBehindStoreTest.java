package eddy.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

/** Over Kafka's own in-memory store, without a topology; that commits keep state is for the IT. */
class WriteBehindStoreTest {
  private static final long UNBOUNDED = Long.MAX_VALUE;
  private static final int SUM_BYTES = 100;

  private final KeyValueStore<Bytes, byte[]> inner = Stores.inMemoryKeyValueStore("sums").get();
  private final Sum.Codec codec = new Sum.Codec();

  @Test
  void get_neverPut_isNull() {
    assertThat(store(UNBOUNDED).get(key("a"))).isNull();
  }

  @Test
  void put_manyTimes_isEncodedOnceAtTheFlush() {
    WriteBehindStore<Sum> store = store(UNBOUNDED);
    store.put(key("a"), new Sum(0, 0));
    for (int i = 1; i <= 100; i++) {
      Sum sum = store.get(key("a"));
      sum.total += i;
      store.put(key("a"), sum);
    }
    assertThat(codec.encoded).isZero();
    assertThat(store.dirtyObjects()).isEqualTo(1);

    store.flushCache();
    store.flushCache();

    assertThat(codec.encoded).isEqualTo(1);
    assertThat(store.dirtyObjects()).isZero();
    assertThat(store(UNBOUNDED).get(key("a")).total).isEqualTo(5050);
  }

  @Test
  void get_liveObject_isTheSameObjectUndecoded() {
    WriteBehindStore<Sum> store = store(UNBOUNDED);
    Sum sum = new Sum(7, 0);
    store.put(key("a"), sum);
    store.flushCache();

    assertThat(store.get(key("a"))).isSameAs(sum);
    assertThat(codec.decoded).isZero();
  }

  @Test
  void get_moreObjectsThanTheBoundHolds_keepsTheLastUsedAndLosesNothing() {
    WriteBehindStore<Sum> store = store(3 * SUM_BYTES);
    for (int i = 0; i < 10; i++) {
      store.put(key("k" + i), new Sum(i, 0));
    }
    assertThat(store.liveObjects()).isEqualTo(3);
    assertThat(store.liveHeapBytes()).isEqualTo(3 * SUM_BYTES);
    assertThat(codec.encoded).as("written when they had to go").isEqualTo(7);

    int decoded = codec.decoded;
    assertThat(store.get(key("k9")).total).isEqualTo(9);
    assertThat(codec.decoded).as("k9 is live").isEqualTo(decoded);
    for (int i = 0; i < 10; i++) {
      assertThat(store.get(key("k" + i)).total).isEqualTo(i);
    }
    assertThat(codec.encoded).as("dirty ones once each, clean ones not again").isEqualTo(10);
  }

  @Test
  void put_objectGrown_countsItsNewSize() {
    WriteBehindStore<Sum> store = store(1000);
    store.put(key("a"), new Sum(1, 0));
    Sum grown = new Sum(2, 0);
    store.put(key("b"), grown);
    grown.pad(950);
    store.put(key("b"), grown);

    assertThat(store.liveObjects()).isEqualTo(1);
    assertThat(store.liveHeapBytes()).isEqualTo(1050);
    assertThat(store.get(key("b"))).as("alone above the bound it stays").isSameAs(grown);
  }

  @Test
  void delete_dirtyLiveAndStoredKeys_leavesNothing() {
    WriteBehindStore<Sum> store = store(UNBOUNDED);
    store.put(key("stored"), new Sum(1, 2_000_000));
    store.flushCache();
    store.put(key("dirty"), new Sum(2, 0));

    store.delete(key("dirty"));
    store.delete(key("stored"));
    store.delete(key("never"));
    store.flushCache();

    assertThat(store.get(key("dirty"))).isNull();
    assertThat(store.get(key("stored"))).isNull();
    assertThat(store.liveHeapBytes()).isZero();
    assertThat(inner.approximateNumEntries()).isZero();
  }

  @Test
  void delete_keyNotLive_removesAllOfItsChunks() {
    WriteBehindStore<Sum> first = store(UNBOUNDED);
    first.put(key("a"), new Sum(1, 2_000_000));
    first.flushCache();

    store(UNBOUNDED).delete(key("a"));

    assertThat(inner.approximateNumEntries()).isZero();
  }

  @Test
  void clearCache_changesNotFlushed_areGone() {
    WriteBehindStore<Sum> store = store(UNBOUNDED);
    store.put(key("a"), new Sum(1, 0));
    store.flushCache();
    store.get(key("a")).total = 2;
    store.put(key("a"), store.get(key("a")));

    store.clearCache();
    store.flushCache();

    assertThat(store.liveObjects()).isZero();
    assertThat(store.get(key("a")).total).isEqualTo(1);
  }

  @Test
  void put_keyStoredButNeverRead_replacesAllOfItsChunks() {
    WriteBehindStore<Sum> first = store(UNBOUNDED);
    first.put(key("a"), new Sum(1, 3_000_000));
    first.flushCache();

    WriteBehindStore<Sum> second = store(UNBOUNDED);
    second.put(key("a"), new Sum(2, 0));
    second.flushCache();

    assertThat(store(UNBOUNDED).get(key("a")).total).isEqualTo(2);
    assertThat(inner.approximateNumEntries()).isEqualTo(1);
  }

  @Test
  void forEach_liveDirtyAndStoredKeys_visitsAllWithTheirLatestState() {
    WriteBehindStore<Sum> store = store(2 * SUM_BYTES);
    for (int i = 0; i < 5; i++) {
      store.put(key("k" + i), new Sum(i, 0));
    }
    store.get(key("k1")).total = 100;
    store.put(key("k1"), store.get(key("k1")));

    List<String> visited = new ArrayList<>();
    store.forEach((key, sum) -> visited.add(text(key) + "=" + sum.total));

    assertThat(visited).containsExactly("k0=0", "k1=100", "k2=2", "k3=3", "k4=4");
    assertThat(store.liveObjects()).isEqualTo(2);
  }

  @Test
  void anyOperations_equalAPlainMapWhateverTheBound() {
    for (long bound : new long[] {1, 5_000, 2_000_000, UNBOUNDED}) {
      Random random = new Random(bound);
      KeyValueStore<Bytes, byte[]> bytes = Stores.inMemoryKeyValueStore("sums").get();
      WriteBehindStore<Sum> store =
          new WriteBehindStore<>(bytes, codec, () -> bound, () -> bound / 2);
      Map<String, Long> expected = new HashMap<>();
      for (int step = 0; step < 3000; step++) {
        String key = "k" + random.nextInt(20);
        int choice = random.nextInt(100);
        if (choice < 5) {
          store.delete(key(key));
          expected.remove(key);
        } else if (choice < 8) {
          store.flushCache();
        } else if (choice < 9) {
          store.flushCache();
          store.clearCache();
        } else {
          Sum sum = store.get(key(key));
          assertThat(sum == null ? null : sum.total).isEqualTo(expected.get(key));
          Sum next = sum == null ? new Sum(0, 0) : sum;
          next.total += step;
          next.pad(random.nextInt(50) == 0 ? 700_000 : random.nextInt(200));
          store.put(key(key), next);
          expected.merge(key, (long) step, Long::sum);
        }
      }
      Map<String, Long> found = new TreeMap<>();
      store.forEach((key, sum) -> found.put(text(key), sum.total));
      assertThat(found).as("bound %d", bound).isEqualTo(new TreeMap<>(expected));
    }
  }

  @Test
  void put_moreDirtyThanTheBound_writesTheLongestDirtyEarlyAndKeepsThemLive() {
    WriteBehindStore<Sum> store =
        new WriteBehindStore<>(inner, codec, () -> UNBOUNDED, () -> 3 * SUM_BYTES);
    for (int i = 0; i < 10; i++) {
      store.put(key("k" + i), new Sum(i, 0));
    }

    assertThat(store.dirtyObjects()).isEqualTo(3);
    assertThat(store.liveObjects()).isEqualTo(10);
    assertThat(codec.encoded).isEqualTo(7);
    store.get(key("k0")).total = 100;
    store.put(key("k0"), store.get(key("k0")));
    store.flushCache();
    assertThat(store(UNBOUNDED).get(key("k0")).total).isEqualTo(100);
    assertThat(codec.encoded).as("k0 twice, k1 to k9 once").isEqualTo(11);
  }

  @Test
  void times_writtenChangedAndNewKeys_areThoseOfTheLatestState() {
    WriteBehindStore<Sum> store = store(UNBOUNDED);
    for (String name : List.of("a", "b", "c")) {
      store.put(key(name), new Sum(1, 0));
    }
    store.flushCache();
    store.get(key("b")).total = 5;
    store.put(key("b"), store.get(key("b")));
    store.put(key("bb"), new Sum(7, 0));
    store.delete(key("c"));

    Map<String, Long> times = new TreeMap<>();
    ObjectStore.Time<Sum> total = new ObjectStore.Time<>(sum -> sum.total, ByteBuffer::getLong);
    Bytes last = store.times(null, 2, total, (key, time) -> times.put(text(key), time));
    assertThat(times).isEqualTo(Map.of("a", 1L, "b", 5L));
    assertThat(store.times(last, 2, total, (key, time) -> times.put(text(key), time)))
        .isEqualTo(key("bb"));
    assertThat(times).isEqualTo(Map.of("a", 1L, "b", 5L, "bb", 7L));
    assertThat(codec.encoded).as("nothing is written for it").isEqualTo(3);
  }

  @Test
  void builder_boundBelowOne_isRefused() {
    assertThatThrownBy(() -> WriteBehindStore.builder("sums", codec, 0))
        .hasMessageContaining("heapBytes must be >= 1 but was 0");
  }

  @Test
  void put_boundThatHasShrunk_makesRoom() {
    AtomicLong bound = new AtomicLong(UNBOUNDED);
    WriteBehindStore<Sum> store = new WriteBehindStore<>(inner, codec, bound::get, () -> UNBOUNDED);
    for (int i = 0; i < 10; i++) {
      store.put(key("k" + i), new Sum(i, 0));
    }
    assertThat(store.liveObjects()).isEqualTo(10);

    bound.set(2 * SUM_BYTES);
    store.put(key("k9"), store.get(key("k9")));

    assertThat(store.liveObjects()).isEqualTo(2);
    assertThat(store.get(key("k0")).total).isZero();
  }

  private WriteBehindStore<Sum> store(long heapBound) {
    return new WriteBehindStore<>(inner, codec, () -> heapBound, () -> UNBOUNDED);
  }

  private static Bytes key(String text) {
    return Bytes.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String text(Bytes key) {
    return new String(key.get(), StandardCharsets.UTF_8);
  }
}
