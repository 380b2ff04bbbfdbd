package eddy.feature;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows against the sequences written out, with a word for what was before and for the missing. */
class CategoryContextsTest {
  private static final String BEFORE = "before";
  private static final String MISSING = "missing";

  private static List<String> contexts(String... features) {
    return CategoryContexts.of(Written.features(features)).stream()
        .map(FeatureSpec::toString)
        .toList();
  }

  @Test
  void of_lags_areSequencesFromTheNewestOn() {
    assertThat(
            contexts("s:category(8):lag(1)", "x", "s:category(8):lag(2)", "s:category:lag(3..9)"))
        .containsExactly(
            "s:recent(1,16384):lag(1)", "s:recent(2,16384):lag(1)", "s:recent(3,16384):lag(1)");
    assertThat(contexts("s:category", "t:category:lag(4..5)", "s:category(8):lag(1)"))
        .containsExactly(
            "s:recent(1,16384)",
            "s:recent(2,16384)",
            "t:recent(1,16384):lag(4)",
            "t:recent(2,16384):lag(4)");
  }

  @Test
  void of_noTwoConsecutiveValues_areNone() {
    assertThat(contexts("s:category", "t:category", "x", "x:lag(1..3)")).isEmpty();
    assertThat(contexts("s:category:lag(1)", "s:category:lag(48)")).isEmpty();
    assertThat(contexts("s:context(2)", "s:hash:lag(1..2)", "at:hour-of-day:lag(1..2)")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void encodeRows_anyStream_isOneRowForEachSequence(int lag) {
    List<FeatureSpec> named =
        Written.features("s?:category(8):lag(" + Math.max(lag, 1) + ".." + (lag + 2) + ")");
    if (lag == 0) {
      named = Written.features("s?:category(8)", "s?:category(8):lag(1..2)");
    }
    EventSchema schema = EventSchema.of(named, List.of());
    FeatureEncoder encoder = FeatureEncoder.of(CategoryContexts.of(named), schema);
    FeatureStatistics statistics = encoder.newStatistics();
    Random random = new Random(7);
    List<Map<List<String>, Integer>> rowOf =
        List.of(new HashMap<>(), new HashMap<>(), new HashMap<>());
    for (int key = 0; key < 50; key++) {
      double[] memory = new double[encoder.memoryLength()];
      List<String> texts = new ArrayList<>();
      for (int event = 0; event < 8; event++) {
        Event now = new Event(schema);
        now.categories[0] = random.nextInt(5) == 0 ? null : "" + (char) ('a' + random.nextInt(3));
        texts.add(now.categories[0] == null ? MISSING : now.categories[0]);
        int[] rows = new int[encoder.activeRows()];
        encoder.encode(now, memory, statistics, new float[encoder.width()], 0);
        encoder.encodeRows(memory, rows);
        encoder.absorb(memory, statistics);
        for (int length = 1; length <= 3; length++) {
          int row = rows[length - 1];
          assertThat(row).isBetween(encoder.firstRow(length - 1), encoder.firstRow(length) - 1);
          List<String> sequence = sequence(texts, event - lag, length);
          assertThat(rowOf.get(length - 1).merge(sequence, row, (known, same) -> known))
              .isEqualTo(row);
        }
      }
    }
    for (Map<List<String>, Integer> rows : rowOf) {
      assertThat(new HashSet<>(rows.values())).hasSameSizeAs(rows.keySet());
    }
    // four texts; with one before, or two, or nothing at all where events are looked back to
    assertThat(rowOf.get(1)).hasSize(4 * 4 + 4 + (lag > 0 ? 1 : 0));
  }

  private static List<String> sequence(List<String> texts, int newest, int length) {
    List<String> sequence = new ArrayList<>();
    for (int at = newest; at > newest - length; at--) {
      sequence.add(at < 0 ? BEFORE : texts.get(at));
    }
    return sequence;
  }

  // a label's own event must not show: neither at a key's first event nor later
  @Test
  void encodeRows_labelOfTheEvent_isNotSeenBeforeTheNext() {
    List<FeatureSpec> named = Written.features("s:category(8):lag(1..2)");
    TargetSpec own =
        new TargetSpec("s", 8, new TargetSpec.Horizon.SameEvent(), new TargetSpec.Reference.None());
    EventSchema schema = EventSchema.of(named, List.of(own));
    FeatureEncoder encoder = FeatureEncoder.of(CategoryContexts.of(named), schema);
    for (int events = 0; events < 4; events++) {
      List<int[]> said = new ArrayList<>();
      for (String last : List.of("a", "b")) {
        double[] memory = new double[encoder.memoryLength()];
        FeatureStatistics statistics = encoder.newStatistics();
        int[] rows = new int[encoder.activeRows()];
        for (int event = 0; event <= events; event++) {
          Event now = new Event(schema);
          now.categories[0] = event == events ? last : "c";
          encoder.encode(now, memory, statistics, new float[encoder.width()], 0);
          encoder.encodeRows(memory, rows);
          encoder.absorb(memory, statistics);
        }
        said.add(rows);
      }
      assertThat(said.get(0)).isEqualTo(said.get(1));
    }
  }
}
