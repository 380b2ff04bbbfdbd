package eddy.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HashTest {
  private final double[] values = new double[1];

  /** The rows of every event of one key; null stands for a missing text. */
  private static List<int[]> rows(String feature, String... texts) {
    List<FeatureSpec> specs = Written.features(feature);
    EventSchema schema = EventSchema.of(specs, List.of());
    FeatureEncoder encoder = FeatureEncoder.of(specs, schema);
    FeatureStatistics statistics = encoder.newStatistics();
    double[] memory = new double[encoder.memoryLength()];
    float[] dense = new float[encoder.width()];
    List<int[]> result = new ArrayList<>();
    for (String text : texts) {
      Event event = new Event(schema);
      event.categories[0] = text;
      int[] rows = new int[encoder.activeRows()];
      encoder.encode(event, memory, statistics, dense, 0);
      encoder.encodeRows(memory, rows);
      encoder.absorb(memory, statistics);
      result.add(rows);
    }
    return result;
  }

  private static String[] letters(int count, int alphabet) {
    Random random = new Random(5);
    return random
        .ints(count, 0, alphabet)
        .mapToObj(i -> Character.toString((char) ('a' + i)))
        .toArray(String[]::new);
  }

  // the test vectors of the hash's authors, 64 bits folded to 52
  @Test
  void of_publishedVectors_areThoseOfFnv1a() {
    for (Map.Entry<String, Long> vector :
        Map.of("", 0xcbf29ce484222325L, "a", 0xaf63dc4c8601ec8cL, "foobar", 0x85944171f73967e8L)
            .entrySet()) {
      long hash = vector.getValue();
      assertThat(TextHash.of(vector.getKey()))
          .isEqualTo((double) ((hash >>> 52) ^ (hash & 0xfffffffffffffL)));
    }
  }

  @Test
  void context_anyStream_isOneRowForEachSequenceOfTexts() {
    for (int length : new int[] {1, 2, 4}) {
      String[] texts = letters(3000, 3);
      List<int[]> rows = rows("s:context(" + length + ",1000000)", texts);
      Map<List<String>, Integer> seen = new HashMap<>();
      for (int i = 0; i < texts.length; i++) {
        List<String> sequence = new ArrayList<>();
        for (int back = length - 1; back >= 0; back--) {
          sequence.add(texts[Math.max(0, i - back)]);
        }
        int row = rows.get(i)[0];
        assertThat(row).isBetween(0, 999_999);
        assertThat(seen.merge(sequence, row, (known, now) -> known)).isEqualTo(row);
      }
      assertThat(new HashSet<>(seen.values())).hasSize((int) Math.pow(3, length));
    }
  }

  @Test
  void hash_fewSlots_fillsThemEvenly() {
    int[] count = new int[16];
    for (int i = 0; i < 16_000; i++) {
      new Hash(16).apply(input("text " + i), values);
      count[(int) values[0]]++;
    }
    // 1000 each; five standard deviations of a binomial count
    assertThat(Arrays.stream(count).min().getAsInt()).isGreaterThan(845);
    assertThat(Arrays.stream(count).max().getAsInt()).isLessThan(1155);
  }

  @Test
  void hash_textsThatStringHashesAlike_differ() {
    new Hash(65_536).apply(input("Aa"), values);
    double first = values[0];
    new Hash(65_536).apply(input("BB"), values);
    assertThat("Aa".hashCode()).isEqualTo("BB".hashCode());
    assertThat(values[0]).isNotEqualTo(first);
  }

  @Test
  void hash_lags_areRowsOfTheirOwnOfPastTexts() {
    String[] texts = letters(50, 20);
    List<int[]> now = rows("s:hash(100)", texts);
    List<int[]> lagged = rows("s:hash(100):lag(1..3)", texts);
    for (int i = 0; i < texts.length; i++) {
      for (int lag = 1; lag <= 3; lag++) {
        assertThat(lagged.get(i)[lag - 1])
            .isEqualTo(100 * (lag - 1) + now.get(Math.max(0, i - lag))[0]);
      }
    }
  }

  @Test
  void context_missingText_hasNoRowWhileItIsWithin() {
    List<int[]> rows = rows("s?:context(3)", "a", "b", null, "c", "d", "e", "f");
    assertThat(rows.stream().map(r -> r[0] < 0).toList())
        .containsExactly(false, false, true, true, true, false, false);
  }

  @Test
  void encode_optionalHash_flagsWhatIsMissing() {
    List<FeatureSpec> specs = Written.features("s?:hash");
    EventSchema schema = EventSchema.of(specs, List.of());
    FeatureEncoder encoder = FeatureEncoder.of(specs, schema);
    float[] flag = new float[1];
    Event event = new Event(schema);
    encoder.encode(event, new double[1], encoder.newStatistics(), flag, 0);
    assertThat(flag).containsExactly(1f);
    event.categories[0] = "x";
    encoder.encode(event, new double[1], encoder.newStatistics(), flag, 0);
    assertThat(flag).containsExactly(0f);
  }

  @Test
  void of_featuresThatReachTheBound_isRefused() {
    List<FeatureSpec> specs = Written.features("s:hash(16777216):lag(1..17)");
    assertThatThrownBy(() -> FeatureEncoder.of(specs, EventSchema.of(specs, List.of())))
        .hasMessageContaining("285212672 hashed rows but at most 268435456");
  }

  private static Transform.Input input(String text) {
    return new Transform.Input() {
      @Override
      public double now() {
        return TextHash.of(text);
      }

      @Override
      public double ago(int events) {
        throw new AssertionError();
      }

      @Override
      public String text() {
        return text;
      }

      @Override
      public long position() {
        throw new AssertionError();
      }

      @Override
      public Dictionary dictionary() {
        throw new AssertionError();
      }
    };
  }
}
