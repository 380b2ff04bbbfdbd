package eddy.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChunkedValuesTest {
  private static final int CHUNK = ChunkedValues.CHUNK_BYTES;
  private static final Bytes KEY = Bytes.wrap(new byte[] {1, 2, 3});

  private final KeyValueStore<Bytes, byte[]> store = Stores.inMemoryKeyValueStore("values").get();
  private final ChunkedValues values = new ChunkedValues(store);

  @ParameterizedTest
  @ValueSource(ints = {0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 5_000_000})
  void write_anyLength_isReadBackInRecordsBelowOneMebibyte(int length) {
    byte[] value = random(length, 1);

    Extent extent = values.write(KEY, value, Extent.NONE);

    assertThat(values.read(KEY).value()).isEqualTo(value);
    assertThat(values.read(KEY).extent()).isEqualTo(extent).isEqualTo(values.extent(KEY));
    assertThat(recordSizes()).allMatch(size -> size < 1_000_000);
    assertThat(recordSizes()).hasSize(Math.max(1, (length + CHUNK - 1) / CHUNK));
  }

  @Test
  void write_shorterThanBefore_removesTheChunksLeftOver() {
    Extent before = values.write(KEY, random(3 * CHUNK, 1), Extent.NONE);
    byte[] shorter = random(10, 2);

    values.write(KEY, shorter, before);

    assertThat(values.read(KEY).value()).isEqualTo(shorter);
    assertThat(recordSizes()).hasSize(1);
  }

  @Test
  void read_chunkOfAnOlderWrite_isRefused() {
    Extent first = values.write(KEY, random(2 * CHUNK, 1), Extent.NONE);
    byte[] oldChunk = store.get(chunkKey(1));
    values.write(KEY, random(2 * CHUNK, 2), first);
    store.put(chunkKey(1), oldChunk);

    assertThatThrownBy(() -> values.read(KEY))
        .isInstanceOf(ProcessorStateException.class)
        .hasMessageContaining("chunk 1")
        .hasMessageContaining("version")
        .hasMessageContaining("values");
  }

  @Test
  void read_chunkMissing_isRefused() {
    values.write(KEY, random(3 * CHUNK, 1), Extent.NONE);
    store.delete(chunkKey(2));

    assertThatThrownBy(() -> values.read(KEY)).hasMessageContaining("chunk 2 is missing");
  }

  @Test
  void read_chunkCutShort_isRefused() {
    values.write(KEY, random(2 * CHUNK, 1), Extent.NONE);
    byte[] chunk = store.get(chunkKey(1));
    store.put(chunkKey(1), Arrays.copyOf(chunk, chunk.length - 1));

    assertThatThrownBy(() -> values.read(KEY))
        .hasMessageContaining("chunk 1 has " + (CHUNK - 1) + " bytes instead of " + CHUNK);
  }

  @Test
  void delete_severalChunks_leavesNothing() {
    Extent extent = values.write(KEY, random(3 * CHUNK, 1), Extent.NONE);

    values.delete(KEY, extent);

    assertThat(values.read(KEY)).isNull();
    assertThat(values.extent(KEY)).isEqualTo(Extent.NONE);
    assertThat(recordSizes()).isEmpty();
  }

  /** Parts for a test: null where one is as before, empty where it is not needed. */
  private record Parts(byte[]... bytes) implements ChunkedValues.Pieces {
    @Override
    public int count() {
      return bytes.length;
    }

    @Override
    public boolean needed(int part) {
      return bytes[part] == null || bytes[part].length > 0;
    }

    @Override
    public byte[] changed(int part) {
      return bytes[part];
    }
  }

  @Test
  void write_someParts_leavesTheOthersAsTheyAre() {
    byte[] first = random(100, 1);
    byte[] large = random(2 * CHUNK + 1, 2);
    byte[] value = random(50, 3);
    Extent before = values.write(KEY, value, new Parts(first, large, new byte[0]), Extent.NONE);
    byte[] kept = store.get(chunkKey(2, 0));
    byte[] other = random(7, 4);

    Extent extent = values.write(KEY, value, new Parts(other, null, null), before);

    assertThat(store.get(chunkKey(2, 0))).isSameAs(kept);
    Extent read = values.read(KEY).extent();
    assertThat(read.partVersions()).containsExactly(2, 1, 0).isEqualTo(extent.partVersions());
    assertThat(values.readPart(KEY, 0, read)).isEqualTo(other);
    assertThat(values.readPart(KEY, 1, read)).isEqualTo(large);
    assertThatThrownBy(() -> values.readPart(KEY, 2, read))
        .isInstanceOf(ProcessorStateException.class)
        .hasMessageContaining("part 2 is not stored");
  }

  @Test
  void write_partNoLongerNeeded_removesIt() {
    byte[] large = random(2 * CHUNK, 2);
    Extent before = values.write(KEY, random(5, 1), new Parts(large, random(5, 3)), Extent.NONE);
    assertThat(recordSizes()).hasSize(4);

    Extent extent = values.write(KEY, random(5, 1), new Parts(new byte[0], null), before);

    assertThat(recordSizes()).hasSize(2);
    values.delete(KEY, extent);
    assertThat(recordSizes()).isEmpty();
  }

  @Test
  void readPart_partOfAnOlderWrite_isRefused() {
    Extent first = values.write(KEY, random(5, 1), new Parts(random(9, 1)), Extent.NONE);
    byte[] old = store.get(chunkKey(1, 0));
    values.write(KEY, random(5, 2), new Parts(random(9, 2)), first);
    store.put(chunkKey(1, 0), old);
    Extent read = values.read(KEY).extent();

    assertThatThrownBy(() -> values.readPart(KEY, 0, read))
        .isInstanceOf(ProcessorStateException.class)
        .hasMessageContaining("part 0 chunk 0")
        .hasMessageContaining("another version");
    store.delete(chunkKey(1, 0));
    assertThatThrownBy(() -> values.readPart(KEY, 0, read)).hasMessageContaining("is missing");
  }

  @Test
  void read_valueOfAnOlderWrite_refusesTheNewerParts() {
    Extent first = values.write(KEY, random(5, 1), new Parts(random(9, 1)), Extent.NONE);
    Bytes head = Bytes.wrap(new byte[] {0, 1, 2, 3});
    byte[] old = store.get(head);
    values.write(KEY, random(5, 2), new Parts(random(9, 2)), first);
    store.put(head, old);
    Extent read = values.read(KEY).extent();

    assertThatThrownBy(() -> values.readPart(KEY, 0, read)).hasMessageContaining("another version");
  }

  @Test
  void forEachKey_keysThatContinueEachOther_comeOnceEach() {
    // The second key reads like the first one followed by the number of a chunk.
    Bytes longer = Bytes.wrap(new byte[] {1, 2, 3, 0, 0, 0, 0, 0, 0, 0, 1});
    Bytes empty = Bytes.wrap(new byte[0]);
    for (Bytes key : List.of(KEY, longer, empty)) {
      values.write(key, random(2 * CHUNK, 1), Extent.NONE);
    }

    List<Bytes> seen = new ArrayList<>();
    values.forEachKey(seen::add);

    assertThat(seen).containsExactlyInAnyOrder(KEY, longer, empty);
  }

  private List<Integer> recordSizes() {
    List<Integer> sizes = new ArrayList<>();
    try (KeyValueIterator<Bytes, byte[]> entries = store.all()) {
      entries.forEachRemaining(entry -> sizes.add(entry.key.get().length + entry.value.length));
    }
    return sizes;
  }

  private static Bytes chunkKey(int chunk) {
    return chunkKey(0, chunk);
  }

  private static Bytes chunkKey(int number, int chunk) {
    return Bytes.wrap(
        ByteBuffer.allocate(12).put((byte) 1).put(KEY.get()).putInt(number).putInt(chunk).array());
  }

  private static byte[] random(int length, int seed) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }
}
