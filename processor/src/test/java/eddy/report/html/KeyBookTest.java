package eddy.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class KeyBookTest {
  private static void add(KeyBook book, String key, double loss) {
    KeyRecord record = book.of(key);
    if (record != null) {
      record.rows[0]++;
      record.loss[0] += loss;
      record.baselineLoss[0] += 1;
      book.trace(record, 0, new double[Trace.WIDTH]);
    }
  }

  @Test
  void choose_frequentGoodAndBadKeys_areFound() {
    KeyBook book = new KeyBook(1);
    for (int i = 0; i < 1000; i++) {
      add(book, "often", 0.5);
      add(book, "key " + i % 50, i % 50 == 7 ? 0.1 : i % 50 == 9 ? 3 : 0.6);
    }
    Map<KeyRecord, KeyBook.Choice> chosen = book.choose(1, true);
    assertThat(chosen).hasSize(3);
    chosen.forEach(
        (record, choice) ->
            assertThat(record.key)
                .isEqualTo(
                    switch (choice) {
                      case FREQUENT -> "often";
                      case BEST -> "key 7";
                      case WORST -> "key 9";
                    }));
  }

  @Test
  void add_moreKeysThanAreFollowed_countsTheRest() {
    KeyBook book = new KeyBook(1);
    int keys = KeyBook.MOST_KEYS + 500;
    for (int round = 0; round < 20; round++) {
      for (int i = 0; i < keys; i++) {
        add(book, "key " + i, 1);
      }
    }
    assertThat(book.records()).hasSize(KeyBook.MOST_KEYS);
    assertThat(book.otherRows()).isEqualTo(20 * 500);
    long held =
        book.records().stream()
            .filter(record -> record.traces != null)
            .mapToLong(record -> record.traces[0].held())
            .sum();
    assertThat(held).isEqualTo(book.traceRows()).isBetween(1L, (long) KeyBook.TRACE_ROWS);
  }

  @Test
  void add_fullTracesOfTheKeysThatStay_holdsNoMoreRowsThanBefore() {
    KeyBook book = new KeyBook(1);
    long most = 0;
    for (int i = 0; i < 1_000_000; i++) {
      add(book, "key " + i % 200, (i % 200) / 100.0);
      most = Math.max(most, book.traceRows());
    }
    assertThat(most).isBetween(KeyBook.TRACE_ROWS / 2L, (long) KeyBook.TRACE_ROWS);
  }
}
