package eddy.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Test;

class DeadLetterTest {
  private static Map<String, String> headers(DeadLetter letter) {
    Map<String, String> headers = new HashMap<>();
    for (Header header : letter.headers()) {
      headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
    }
    return headers;
  }

  @Test
  void headers_smallValue_tellWhereItCameFromAndWhy() {
    byte[] key = {1};
    byte[] value = "abc".getBytes(StandardCharsets.UTF_8);
    DeadLetter letter = DeadLetter.of(key, value, "n\u00e4", "storms", 3, 1234567890123L, 99);
    assertThat(letter.key()).isSameAs(key);
    assertThat(letter.value()).isEqualTo(value);
    // the hash of "abc" in FIPS 180-4
    assertThat(headers(letter))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "eddy.error.reason", "n\u00e4",
                "eddy.error.topic", "storms",
                "eddy.error.partition", "3",
                "eddy.error.offset", "1234567890123",
                "eddy.error.timestamp", "99",
                "eddy.error.size", "3",
                "eddy.error.sha256",
                    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
  }

  @Test
  void of_largeValue_keepsItsStartItsSizeAndTheHashOfAll() {
    byte[] value = new byte[1_000_000];
    Arrays.fill(value, (byte) 'a');
    DeadLetter letter = DeadLetter.of(null, value, "too large", "t", 0, 0, 0);
    assertThat(letter.key()).isNull();
    assertThat(letter.value()).hasSize(65_536).containsOnly('a');
    assertThat(letter.size()).isEqualTo(1_000_000);
    // the hash of a million times "a" in FIPS 180-4
    assertThat(letter.sha256())
        .isEqualTo("cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
  }

  @Test
  void of_nullValue_staysNull() {
    DeadLetter letter = DeadLetter.of(new byte[] {1}, null, "r", "t", 0, 0, 0);
    assertThat(letter.value()).isNull();
    assertThat(letter.size()).isZero();
  }
}
