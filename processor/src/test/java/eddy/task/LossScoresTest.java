package eddy.task;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import eddy.config.EddyConfig;
import eddy.ledger.LedgerEntry;
import eddy.math.RandomStream;
import eddy.state.MapStore;
import eddy.surprise.KeyLosses;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

/** Scores of a task on plain maps. */
class LossScoresTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int EVENTS = 3000;
  private static final int SPIKE = 2500;

  private final MapStore<KeyLosses> losses = new MapStore<>();
  private final List<JsonNode> scores = new ArrayList<>();
  private final List<String> keys = new ArrayList<>();
  private final TaskLearner learner =
      new TaskLearner(config(), 3, TaskStores.inMemory().withLosses(losses), new Said());

  private static EddyConfig config() {
    return EddyConfig.of(
        Map.of(
            "eddy.input.topic", "in",
            "eddy.features", "x",
            "eddy.targets", "x@+1,kind:category(4)@+1",
            "eddy.units", "4"));
  }

  private final class Said implements TaskOutput {
    @Override
    public void prediction(LedgerEntry event, byte[] prediction) {}

    @Override
    public void score(byte[] key, byte[] score) {
      keys.add(new String(key, StandardCharsets.UTF_8));
      try {
        scores.add(JSON.readTree(score));
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public void deadLetter(LedgerEntry entry, byte[] value, Headers headers) {}
  }

  private void take(int offset, String key, String value) {
    learner.take(
        offset,
        new LedgerEntry(
            LedgerEntry.Kind.EVENT,
            3,
            offset,
            1000L * offset,
            key.getBytes(StandardCharsets.UTF_8),
            value == null ? null : value.getBytes(StandardCharsets.UTF_8),
            new RecordHeaders()));
  }

  private void run(int events, int spike) {
    RandomStream random = new RandomStream(5);
    for (int i = 0; i < events; i++) {
      // the key in question has the smaller values
      double size = i % 2 == 0 ? 1 : 2;
      double x = size * (random.nextGaussian() + (i == spike ? 30 : 0));
      String kind = random.nextDouble() < 0.8 ? "a" : "b";
      take(i, "k" + i % 2, "{\"x\":" + x + ",\"kind\":\"" + kind + "\"}");
    }
  }

  @Test
  void take_everySettledTarget_givesARecordUnderItsKey() {
    run(10, -1);

    // all but the first event of each key settle two targets
    assertThat(scores).hasSize(2 * 8);
    JsonNode first = scores.get(0);
    assertThat(keys.get(0)).isEqualTo("k0");
    assertThat(first.get("id").textValue()).isEqualTo("in-3-0");
    assertThat(first.get("settled").textValue()).isEqualTo("in-3-2");
    assertThat(first.get("key").textValue()).isEqualTo("k0");
    assertThat(first.get("timestamp").textValue()).isEqualTo("1970-01-01T00:00:00Z");
    assertThat(first.get("target").textValue()).isEqualTo("x@+1");
    for (JsonNode score : scores) {
      double probability = score.get("surprise").doubleValue();
      assertThat(probability).isBetween(0.0, 1.0);
      assertThat(score.get("score").doubleValue()).isEqualTo(-StrictMath.log10(probability));
      if (score.get("target").textValue().equals("x@+1")) {
        double error = score.get("label").doubleValue() - score.get("predicted").doubleValue();
        assertThat(score.get("loss").doubleValue()).isEqualTo(Math.abs(error));
      } else {
        assertThat(score.get("label").textValue()).isIn("a", "b");
        assertThat(score.get("loss").doubleValue()).isPositive();
      }
    }
  }

  @Test
  void take_plantedAnomalyOfTheQuieterKey_ranksFirst() {
    run(EVENTS, SPIKE);

    JsonNode most =
        scores.stream()
            .max(Comparator.comparingDouble(score -> score.get("score").doubleValue()))
            .orElseThrow();
    assertThat(List.of(most.get("id").textValue(), most.get("settled").textValue()))
        .contains("in-3-" + SPIKE);
    assertThat(most.get("score").doubleValue()).isGreaterThan(5);
  }

  @Test
  void take_deletedKey_isForgotten() {
    run(100, -1);
    assertThat(losses.size()).isEqualTo(3);

    take(100, "k0", null);

    assertThat(losses.size()).isEqualTo(2);
  }
}
