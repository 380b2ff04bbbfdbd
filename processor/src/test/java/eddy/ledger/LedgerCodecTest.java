package eddy.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eddy.learn.IncompatibleStateException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class LedgerCodecTest {
  private static final Headers HEADERS = new RecordHeaders().add("trace", new byte[] {1, 2});

  private static LedgerEntry entry(Random random) {
    LedgerEntry.Kind[] kinds = LedgerEntry.Kind.values();
    return new LedgerEntry(
        kinds[random.nextInt(kinds.length)],
        random.nextInt(),
        random.nextLong(),
        random.nextLong(),
        bytes(random),
        bytes(random),
        HEADERS);
  }

  private static byte[] bytes(Random random) {
    int length = random.nextInt(40) - 1;
    if (length < 0) {
      return null;
    }
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] frame() {
    byte[] value = "{\"x\":1}".getBytes(StandardCharsets.UTF_8);
    return LedgerCodec.encode(
        new LedgerEntry(LedgerEntry.Kind.LABEL, 3, 70, 1_700_000_000_000L, null, value, HEADERS));
  }

  @Test
  void decode_encoded_givesTheSame() {
    Random random = new Random(1);
    for (int i = 0; i < 1000; i++) {
      LedgerEntry entry = entry(random);
      byte[] frame = LedgerCodec.encode(entry);

      assertThat(LedgerCodec.decode(entry.key(), frame, entry.headers()))
          .usingRecursiveComparison()
          .isEqualTo(entry);
      assertThat(LedgerCodec.kind(frame)).isEqualTo(entry.kind());
      assertThat(LedgerCodec.partition(frame)).isEqualTo(entry.partition());
      assertThat(LedgerCodec.timestamp(frame)).isEqualTo(entry.timestamp());
    }
  }

  @Test
  void decode_nullAndEmptyValue_areToldApart() {
    for (byte[] value : new byte[][] {null, new byte[0]}) {
      LedgerEntry entry =
          new LedgerEntry(LedgerEntry.Kind.EVENT, 0, 0, 0, new byte[0], value, HEADERS);

      assertThat(LedgerCodec.decode(null, LedgerCodec.encode(entry), HEADERS).value())
          .isEqualTo(value);
    }
  }

  @Test
  void decode_anyByteChanged_isRefused() {
    byte[] frame = frame();
    for (int i = 0; i < frame.length; i++) {
      byte[] changed = frame.clone();
      changed[i] ^= 1;
      assertThatThrownBy(() -> LedgerCodec.decode(null, changed, HEADERS))
          .as("byte %d", i)
          .isInstanceOf(IncompatibleStateException.class)
          .hasMessageStartingWith("ledger entry: expected ");
    }
  }

  @Test
  void decode_cutAnywhere_isRefused() {
    byte[] frame = frame();
    for (int length = 0; length < frame.length; length++) {
      byte[] cut = Arrays.copyOf(frame, length);
      assertThatThrownBy(() -> LedgerCodec.decode(null, cut, HEADERS))
          .as("%d bytes", length)
          .isInstanceOf(IncompatibleStateException.class);
    }
  }

  @Test
  void decode_nothing_isRefused() {
    assertThatThrownBy(() -> LedgerCodec.decode(null, null, HEADERS))
        .isInstanceOf(IncompatibleStateException.class)
        .hasMessageContaining("found 0 bytes");
  }
}
