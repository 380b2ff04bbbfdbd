package eddy.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import eddy.config.ConfigurationException;
import eddy.config.EddyConfig;
import eddy.learn.Prequential;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StateBudgetTest {
  private static StateBudget budget(int partitions, String... settings) {
    Map<String, String> properties = new HashMap<>();
    properties.put("eddy.features", "x,x:diff(1)");
    properties.put("eddy.targets", "x@+1");
    properties.put("eddy.panel", "single");
    properties.put("eddy.cell", "lstm");
    properties.put("eddy.units", "24");
    properties.put("eddy.budget.key.bytes", "100000000");
    for (int i = 0; i < settings.length; i += 2) {
      properties.put(settings[i], settings[i + 1]);
    }
    EddyConfig config = EddyConfig.of(properties);
    return StateBudget.of(config, config.newPrequential(), partitions);
  }

  @Test
  void of_exactLstm_countsKeysWeightsAndTheirRestore() {
    StateBudget budget = budget(4, "eddy.expected.keys", "500", "eddy.heap.bytes", "50000000");

    // two carries of 48 states by 4 x 24 x (2 + 24 + 1) weights, and 36 + 18 or so steps
    long carries = 2L * 48 * 4 * 24 * 27 * Float.BYTES;
    assertThat(budget.keyBytes()).isBetween(carries, carries * 5 / 4);
    assertThat(budget.storedBytes()).isEqualTo(500 * budget.keyBytes() + 4 * budget.weightsBytes());
    assertThat(budget.liveKeys()).isEqualTo(50_000_000 / budget.keyBytes());
    assertThat(budget.restoreSeconds()[1]).isEqualTo(budget.storedBytes() / 66e6);
    assertThat(budget.eventBytes()).as("what an event changes").isLessThan(budget.keyBytes() / 8);
    assertThat(budget.problems()).isEmpty();
    assertThat(String.join("\n", budget.lines()))
        .contains("keys", "weights", "eddy.heap.bytes", "eddy.rocksdb.bytes", "restore: ");
  }

  @Test
  void of_weightsByKey_countsThemWithEveryKey() {
    StateBudget budget = budget(4, "eddy.weights", "key", "eddy.expected.keys", "10");
    assertThat(budget.storedBytes()).isEqualTo(10 * (budget.keyBytes() + budget.weightsBytes()));
  }

  @Test
  void of_scoresAndDrift_countsWhatIsKeptForThem() {
    StateBudget plain = budget(4, "eddy.expected.keys", "10");
    StateBudget both =
        budget(
            4,
            "eddy.expected.keys",
            "10",
            "eddy.scores.topic",
            "scores",
            "eddy.drift",
            "page-hinkley",
            "eddy.drift.action",
            "reset");
    assertThat(both.beside())
        .extracting(StateBudget.Beside::name, StateBudget.Beside::byKey)
        .containsExactly(tuple("losses", true), tuple("drift", false), tuple("resets", true));
    long losses = both.beside().get(0).bytes();
    long drift = both.beside().get(1).bytes();
    long resets = both.beside().get(2).bytes();
    // 256 bins and what stands before them; four numbers, the newest 64 losses and the detector
    assertThat(losses).isBetween(1024L, 1100L);
    assertThat(drift).isBetween(8L * (4 + 64 + 3), 700L);
    assertThat(resets).isLessThan(50);
    assertThat(both.storedBytes() - plain.storedBytes())
        .isEqualTo(10 * (losses + resets) + 4 * drift);
    assertThat(both.commitBytesExpected() - plain.commitBytesExpected()).isEqualTo(10 * losses);
    assertThat(String.join("\n", both.lines())).contains("losses", "drift", "resets");
  }

  @Test
  void of_driftWithWeightsByKey_isOfEveryKey() {
    StateBudget budget = budget(4, "eddy.weights", "key", "eddy.drift", "adwin");
    assertThat(budget.beside())
        .singleElement()
        .satisfies(each -> assertThat(each.byKey()).isTrue())
        .satisfies(each -> assertThat(each.bytes()).isBetween(3_000L, 6_000L));
  }

  @ParameterizedTest
  @CsvSource({
    "eddy.heap.bytes, 100000, eddy.heap.bytes=100000: one key takes",
    "eddy.heap.bytes, 100000000000000, it is more than the heap of",
    "commit.interval.ms, 9999, commit.interval.ms: a transaction has time left to write"
  })
  void require_whatCannotWork_isRefusedByTheNameOfTheSetting(
      String key, String value, String problem) {
    assertThatThrownBy(() -> budget(2, key, value).require())
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(problem);
  }

  @Test
  void storedBytes_tracesNotDurable_areLittle() {
    StateBudget durable = budget(1);
    StateBudget heads = budget(1, "eddy.trace.durable", "false");
    assertThat(heads.keyBytes()).isLessThan(durable.keyBytes() / 20);
  }

  @Test
  void keyBytes_ofAnyLearner_areWhatItSays() {
    EddyConfig config = EddyConfig.of(Map.of("eddy.features", "x", "eddy.targets", "x@+2"));
    Prequential learner = config.newPrequential();
    assertThat(StateBudget.of(config, learner, 1).keyBytes()).isEqualTo(learner.bytesPerKey());
  }
}
