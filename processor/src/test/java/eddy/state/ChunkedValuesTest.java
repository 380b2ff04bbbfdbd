package eddy.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eddy.state.ChunkedValues.Extent;
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

  @Test
  void forEachKey_keysThatContinueEachOther_comeOnceEach() {
    // The second key reads like the first one followed by the number of a chunk.
    Bytes longer = Bytes.wrap(new byte[] {1, 2, 3, 0, 0, 0, 1});
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
    return Bytes.wrap(ByteBuffer.allocate(7).put(KEY.get()).putInt(chunk).array());
  }

  private static byte[] random(int length, int seed) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }
}
