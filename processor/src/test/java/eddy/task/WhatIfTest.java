package eddy.task;

import static org.assertj.core.api.Assertions.assertThat;

import eddy.config.EddyConfig;
import eddy.ledger.LedgerEntry;
import eddy.query.KeyReport;
import eddy.query.KeyReport.RecentTarget;
import eddy.query.TargetScore;
import eddy.query.TaskCopy;
import eddy.query.TaskSummary;
import eddy.query.TaskView;
import eddy.query.Value;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a task says when it is asked, and that asking changes nothing. */
class WhatIfTest implements TaskOutput {
  private final List<byte[]> predictions = new ArrayList<>();
  private EddyConfig config;
  private TaskLearner learner;
  private TaskView view;
  private long offset;
  private int drifts;

  private void start(String... settings) {
    Map<String, String> properties = new HashMap<>();
    properties.put("eddy.input.topic", "in");
    properties.put("eddy.features", "x,kind:category(4),x:diff(1)");
    properties.put("eddy.targets", "x@+2,kind:category@+1");
    properties.put("eddy.units", "4");
    for (int i = 0; i < settings.length; i += 2) {
      properties.put(settings[i], settings[i + 1]);
    }
    config = EddyConfig.of(properties);
    learner = new TaskLearner(config, 3, TaskStores.inMemory(), this);
    view = learner.watch(() -> 1 << 20, new NoLiveState());
  }

  private record NoLiveState() implements LiveState {
    @Override
    public int keys() {
      return 0;
    }

    @Override
    public long bytes() {
      return 0;
    }
  }

  @Override
  public void prediction(LedgerEntry event, byte[] prediction) {
    predictions.add(prediction);
  }

  @Override
  public void drift(byte[] drift) {
    drifts++;
  }

  @Override
  public void deadLetter(LedgerEntry entry, byte[] value, Headers headers) {}

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] value(long i) {
    return bytes("{\"x\":" + (i * 7 % 11) + ".25,\"kind\":\"" + (i % 3 == 0 ? "a" : "b") + "\"}");
  }

  private void take(String key, byte[] value, long timestamp) {
    LedgerEntry entry =
        new LedgerEntry(
            LedgerEntry.Kind.EVENT, 3, offset, timestamp, bytes(key), value, new RecordHeaders());
    learner.take(offset++, entry);
  }

  @ParameterizedTest
  @ValueSource(strings = {"partition", "key"})
  void of_everyNextEvent_equalsThePublishedBytes(String weights) {
    start("eddy.weights", weights);
    for (int i = 0; i < 120; i++) {
      String key = "k" + i % 3;
      if (i % 8 == 0) {
        TaskCopy copy = view.copy(bytes(key));
        byte[] said = WhatIf.of(config, copy, bytes(key), value(i), i).prediction();
        take(key, value(i), i);
        assertThat(said)
            .as("event %d", i)
            .asString(StandardCharsets.UTF_8)
            .isEqualTo(new String(predictions.get(i), StandardCharsets.UTF_8));
      } else {
        take(key, value(i), i);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"boost,partition", "boost,key", "reset,partition", "reset,key"})
  void of_eventAfterDrift_equalsThePublishedBytes(String action, String weights) {
    start("eddy.drift", "adwin", "eddy.drift.action", action, "eddy.weights", weights);
    int change = 600;
    for (int i = 0; i < 2 * change; i++) {
      // the third key is silent from before the change until long after it
      String key = i % 40 == 0 && (i < 500 || i > 1000) ? "rare" : "k" + i % 2;
      byte[] value = value(i < change ? i : (long) i * i * 37 % 1009);
      boolean asked = i > change && (i % 10 == 0 || key.equals("rare"));
      byte[] said =
          asked
              ? WhatIf.of(config, view.copy(bytes(key)), bytes(key), value, i).prediction()
              : null;
      take(key, value, i);
      if (asked) {
        assertThat(said)
            .as("event %d of %s", i, key)
            .asString(StandardCharsets.UTF_8)
            .isEqualTo(new String(predictions.get(i), StandardCharsets.UTF_8));
      }
    }
    assertThat(drifts).isPositive();
  }

  @Test
  void of_anyEvent_changesNothingOfTheTask() {
    start();
    for (int i = 0; i < 20; i++) {
      take("k", value(i), i);
    }
    TaskCopy before = view.copy(bytes("k"));
    WhatIf.of(config, before, bytes("k"), value(99), 99);
    TaskCopy after = view.copy(bytes("k"));

    assertThat(after.key()).isEqualTo(before.key());
    assertThat(after.weights()).isEqualTo(before.weights());
    assertThat(after.task()).isEqualTo(before.task());
    assertThat(predictions).hasSize(20);
  }

  @Test
  void of_eventThatWouldBeRejected_saysWhy() {
    start();
    WhatIf said = WhatIf.of(config, view.copy(bytes("k")), bytes("k"), bytes("{\"x\":\"n/a\"}"), 0);

    assertThat(said.prediction()).isNull();
    assertThat(said.refusal()).contains("field x: expected a number, got \"n/a\"");
  }

  @Test
  void key_afterLabelsHaveCome_holdsThemBesideTheirPredictions() {
    start();
    for (int i = 0; i < 150; i++) {
      take("k", value(i), 1000L + i);
    }
    take("other", value(0), 5000);

    KeyReport report = view.key(bytes("k")).orElseThrow();

    assertThat(report.events()).isEqualTo(150);
    assertThat(report.lastTime()).isEqualTo(1149);
    assertThat(report.stateBytes()).isPositive();
    assertThat(report.weightsBytes()).isEqualTo(-1);
    assertThat(report.recent()).hasSize(RecentKeys.EVENTS);
    KeyReport.RecentEvent first = report.recent().get(0);
    assertThat(first.id()).isEqualTo("in-3-50");
    assertThat(first.time()).isEqualTo(1050);
    assertThat(first.fields().get("x")).isEqualTo(Value.of(50 * 7 % 11 + .25));
    assertThat(first.fields().get("kind")).isEqualTo(Value.of("b"));
    RecentTarget ahead = first.targets().get(0);
    assertThat(ahead.actual()).isEqualTo(Value.of(52 * 7 % 11 + .25));
    assertThat(ahead.persistence()).isEqualTo(Value.of(50 * 7 % 11 + .25));
    assertThat(ahead.surprise()).isNotNegative();
    RecentTarget kind = first.targets().get(1);
    assertThat(kind.actual()).isEqualTo(Value.of("a"));
    assertThat(kind.classes()).containsKeys("a", "b");
    RecentTarget last = report.recent().get(RecentKeys.EVENTS - 1).targets().get(0);
    assertThat(last.actual()).isEqualTo(Value.NONE);
    assertThat(last.surprise()).isNaN();
    assertThat(view.key(bytes("nobody"))).isEmpty();
  }

  @Test
  void summary_lossesAndKeys_areThoseOfTheEvents() {
    start();
    double persistence = 0;
    for (int i = 0; i < 1500; i++) {
      take("k", value(i), i);
      persistence += i < 2 ? 0 : Math.abs(i * 7 % 11 - (i - 2) * 7 % 11);
    }

    TaskSummary summary = view.summary();

    assertThat(summary.events()).isEqualTo(1500);
    TargetScore score = summary.scores().get(0);
    assertThat(score.labels()).isEqualTo(1498);
    assertThat(score.persistence()).isEqualTo(persistence);
    assertThat(score.window().labels()).isEqualTo(1000);
    assertThat(score.curve()).hasSizeBetween(100, 200);
    assertThat(score.curve().stream().mapToLong(TargetScore.Losses::labels).sum()).isEqualTo(1498);
    assertThat(score.curve().stream().mapToDouble(TargetScore.Losses::persistence).sum())
        .isEqualTo(persistence);
    assertThat(summary.recent()).extracting(TaskSummary.SeenKey::key).containsExactly("k");
    assertThat(summary.byModel() + summary.byBaseline()).isEqualTo(3000);
  }

  @Test
  void recent_keysThatHaveExpired_areForgotten() {
    start("eddy.state.ttl", "PT10S");
    take("old", value(0), 0);
    take("back", value(0), 0);
    // comes back before a sweep has met it
    take("back", value(1), 11_000);
    assertThat(view.key(bytes("back")).orElseThrow().recent()).hasSize(1);

    for (int i = 2; i < 200; i++) {
      take("k", value(i), 11_000 + i * 100L);
    }

    assertThat(view.summary().recent()).extracting(TaskSummary.SeenKey::key).containsExactly("k");
  }

  @Test
  void keys_byPrefix_comeInOrder() {
    start();
    for (int i = 0; i < 200; i++) {
      take("k" + i, value(i), i);
    }
    take("l", value(0), 0);

    assertThat(view.keys("k1", 3)).containsExactly("k1", "k10", "k100");
    assertThat(view.keys("k19", 99)).hasSize(11).startsWith("k19", "k190");
    assertThat(view.keys("", 1000)).hasSize(201);
    assertThat(view.keys("x", 10)).isEmpty();
  }

  @Test
  void recent_moreThanMayBeHeld_forgetsWhoIsSilentForLongest() {
    RecentKeys recent = new RecentKeys(() -> 20_000);
    for (int i = 0; i < 1000; i++) {
      recent.event(Bytes.wrap(bytes("k" + i % 100)), i, i, Map.of("x", Value.of(i)), null);
    }
    assertThat(recent.bytes()).isBetween(10_000L, 20_000L);
    assertThat(recent.newest(3))
        .extracting(TaskSummary.SeenKey::key)
        .containsExactly("k99", "k98", "k97");
  }
}
