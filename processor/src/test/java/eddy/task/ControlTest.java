package eddy.task;

import static org.assertj.core.api.Assertions.assertThat;

import eddy.config.EddyConfig;
import eddy.event.DeadLetter;
import eddy.learn.KeyState;
import eddy.learn.Prequential;
import eddy.learn.Weights;
import eddy.ledger.LedgerEntry;
import eddy.state.MapStore;
import eddy.surprise.KeyLosses;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands to a task, on plain maps. */
class ControlTest {
  private final Map<String, String> properties = new HashMap<>();
  private final List<String> predictions = new ArrayList<>();
  private final List<String> refusals = new ArrayList<>();
  private TaskStores stores;
  private TaskLearner learner;
  private long position;

  @BeforeEach
  void start() {
    properties.put("application.id", "app");
    properties.put("bootstrap.servers", "unused:9092");
    properties.put("eddy.input.topic", "in");
    properties.put("eddy.control.topic", "control");
    properties.put("eddy.features", "x");
    properties.put("eddy.targets", "x@+1,x@+2");
    properties.put("eddy.units", "4");
    begin(TaskStores.inMemory());
  }

  private void begin(TaskStores kept) {
    stores = kept;
    learner =
        new TaskLearner(
            EddyConfig.of(properties),
            0,
            stores,
            new TaskOutput() {
              @Override
              public void prediction(LedgerEntry event, byte[] prediction) {
                predictions.add(new String(prediction, StandardCharsets.UTF_8));
              }

              @Override
              public void deadLetter(LedgerEntry entry, byte[] value, Headers headers) {
                byte[] reason = headers.lastHeader(DeadLetter.REASON).value();
                refusals.add(new String(reason, StandardCharsets.UTF_8));
              }
            });
  }

  private void take(LedgerEntry.Kind kind, String key, String value) {
    learner.take(
        position,
        new LedgerEntry(kind, 0, position, 1000 * position, bytes(key), bytes(value), headers()));
    position++;
  }

  private static Headers headers() {
    return new RecordHeaders();
  }

  private static byte[] bytes(String text) {
    return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
  }

  private void events(int count) {
    for (int i = 0; i < count; i++) {
      take(LedgerEntry.Kind.EVENT, "k" + position % 2, "{\"x\":" + position * position % 7 + "}");
    }
  }

  private void command(String fields) {
    take(LedgerEntry.Kind.CONTROL, null, "{\"command\":" + fields + "}");
  }

  /** Weights and key states, encoded, by store and key. */
  private Map<String, Bytes> state() {
    Prequential prequential = EddyConfig.of(properties).newPrequential();
    Map<String, Bytes> all = new HashMap<>();
    stores.weights().forEach((k, w) -> all.put("w" + k, Bytes.wrap(prequential.encode(w))));
    stores.keys().forEach((k, s) -> all.put("k" + k, Bytes.wrap(prequential.encode(s))));
    return all;
  }

  private Bytes weights() {
    Weights weights = stores.weights().get(KeyedLearner.PARTITION);
    return Bytes.wrap(EddyConfig.of(properties).newPrequential().encode(weights));
  }

  @Test
  void pause_events_arePredictedButNotLearnedFrom() {
    events(20);
    Bytes before = weights();
    command("\"pause\"");
    events(10);

    assertThat(weights()).isEqualTo(before);
    assertThat(predictions).hasSize(30);
    assertThat(learner.task().paused).isTrue();
  }

  @Test
  void resume_events_areLearnedFromAgain() {
    events(20);
    command("\"pause\"");
    events(10);
    Bytes paused = weights();
    command("\"resume\"");
    events(1);

    assertThat(weights()).isNotEqualTo(paused);
    assertThat(learner.task().count(Counter.COMMANDS)).isEqualTo(2);
  }

  @Test
  void pause_learnerOnTheSameStores_isStillPaused() {
    events(20);
    Bytes before = weights();
    command("\"pause\"");
    begin(stores);
    events(10);

    assertThat(weights()).isEqualTo(before);
  }

  @Test
  void learningRate_another_changesWhatIsLearnedAndOneIsAsBefore() {
    events(20);
    command("\"learning-rate\",\"factor\":1");
    events(10);
    Bytes same = weights();

    position = 0;
    begin(TaskStores.inMemory());
    events(20);
    command("\"learning-rate\",\"factor\":0.25");
    events(10);

    assertThat(weights()).isNotEqualTo(same);
    position = 0;
    begin(TaskStores.inMemory());
    events(20);
    position++;
    events(10);
    assertThat(weights()).isEqualTo(same);
  }

  @Test
  void resetKey_oneKey_isForgottenAndTheOtherStays() {
    events(20);
    command("\"reset-key\",\"key\":\"k1\"");

    assertThat(stores.keys().get(Bytes.wrap(bytes("k1")))).isNull();
    KeyState other = stores.keys().get(Bytes.wrap(bytes("k0")));
    assertThat(other.events()).isEqualTo(10);
  }

  @ParameterizedTest
  @ValueSource(strings = {"partition", "key"})
  void rollback_toFullSnapshot_restoresEveryBit(String scope) {
    properties.put("eddy.weights", scope);
    begin(TaskStores.inMemory());
    events(20);
    command("\"snapshot\",\"name\":\"before\",\"full\":true");
    Map<String, Bytes> before = state();
    events(20);
    take(LedgerEntry.Kind.EVENT, "new", "{\"x\":1}");
    assertThat(state()).isNotEqualTo(before);

    command("\"rollback\",\"name\":\"before\"");

    assertThat(state()).isEqualTo(before);
    assertThat(refusals).isEmpty();
  }

  @Test
  void rollback_toFullSnapshot_takesBackTheLossesByWhichLaterOnesAreScored() {
    MapStore<KeyLosses> losses = new MapStore<>();
    begin(TaskStores.inMemory().withLosses(losses));
    events(20);
    command("\"snapshot\",\"name\":\"weights\"");
    command("\"snapshot\",\"name\":\"before\",\"full\":true");
    Map<Bytes, Bytes> before = encoded(losses);
    events(20);
    take(LedgerEntry.Kind.EVENT, "new", "{\"x\":1}");
    take(LedgerEntry.Kind.EVENT, "new", "{\"x\":2}");
    Map<Bytes, Bytes> after = encoded(losses);
    assertThat(after).isNotEqualTo(before);

    command("\"rollback\",\"name\":\"weights\"");
    assertThat(encoded(losses)).as("of a snapshot without keys").isEqualTo(after);
    command("\"rollback\",\"name\":\"before\"");
    assertThat(encoded(losses)).isEqualTo(before).hasSize(3);
    assertThat(refusals).isEmpty();

    command("\"drop-snapshot\",\"name\":\"weights\"");
    command("\"drop-snapshot\",\"name\":\"before\"");
    List<Bytes> left = new ArrayList<>();
    stores.snapshots().forEach((key, value) -> left.add(key));
    assertThat(left).isEmpty();
  }

  private static Map<Bytes, Bytes> encoded(MapStore<KeyLosses> losses) {
    Map<Bytes, Bytes> all = new HashMap<>();
    losses.forEach((key, value) -> all.put(key, Bytes.wrap(value.encode())));
    return all;
  }

  @Test
  void rollback_thenTheSameEvents_givesTheSamePredictions() {
    events(20);
    command("\"snapshot\",\"name\":\"before\",\"full\":true");
    long start = position;
    events(10);
    command("\"rollback\",\"name\":\"before\"");
    position = start;
    events(10);

    assertThat(predictions.subList(30, 40)).isEqualTo(predictions.subList(20, 30));
  }

  @Test
  void rollback_toASnapshotBeforeTheFirstEvent_beginsAnew() {
    command("\"snapshot\",\"name\":\"nothing\",\"full\":true");
    long start = position;
    events(10);
    command("\"rollback\",\"name\":\"nothing\"");
    assertThat(state()).isEmpty();
    position = start;
    events(10);

    assertThat(predictions.subList(10, 20)).isEqualTo(predictions.subList(0, 10));
    assertThat(refusals).isEmpty();
  }

  @Test
  void rollback_toWeightsAlone_leavesTheKeys() {
    events(20);
    command("\"snapshot\",\"name\":\"before\"");
    Bytes before = weights();
    events(20);
    command("\"rollback\",\"name\":\"before\"");

    assertThat(weights()).isEqualTo(before);
    assertThat(stores.keys().get(Bytes.wrap(bytes("k0"))).events()).isEqualTo(20);
  }

  @Test
  void snapshot_taken_knowsWhereItStands() {
    events(20);
    command("\"snapshot\",\"name\":\"a\"");
    events(2);
    command("\"snapshot\",\"name\":\"b\",\"full\":true");

    Map<String, SnapshotHead> heads = learner.snapshots().heads();
    assertThat(heads).containsOnlyKeys("a", "b");
    assertThat(heads.get("a").full()).isFalse();
    assertThat(heads.get("a").task().position).isEqualTo(20);
    assertThat(heads.get("a").task().inputOffset).isEqualTo(19);
    assertThat(heads.get("b").full()).isTrue();
    assertThat(heads.get("b").keys()).isEqualTo(2);
    assertThat(heads.get("b").task().position).isEqualTo(23);
  }

  @Test
  void snapshot_ofTheSameName_replacesItWholly() {
    events(5);
    command("\"snapshot\",\"name\":\"a\",\"full\":true");
    command("\"snapshot\",\"name\":\"a\"");
    events(5);
    command("\"rollback\",\"name\":\"a\"");

    assertThat(learner.snapshots().heads().get("a").full()).isFalse();
    assertThat(stores.keys().get(Bytes.wrap(bytes("k0"))).events()).isEqualTo(5);
  }

  @Test
  void dropSnapshot_another_leavesNothingOfIt() {
    events(5);
    command("\"snapshot\",\"name\":\"a\",\"full\":true");
    command("\"drop-snapshot\",\"name\":\"a\"");
    List<Bytes> left = new ArrayList<>();
    stores.snapshots().forEach((key, value) -> left.add(key));

    assertThat(left).isEmpty();
    assertThat(refusals).isEmpty();
  }

  @Test
  void rollback_unknownName_isRefusedAndNamesTheOthers() {
    events(5);
    command("\"snapshot\",\"name\":\"a\"");
    Bytes before = weights();
    command("\"rollback\",\"name\":\"b\"");
    command("\"drop-snapshot\",\"name\":\"c\"");

    assertThat(refusals)
        .containsExactly(
            "there is no snapshot b; there are a", "there is no snapshot c; there are a");
    assertThat(weights()).isEqualTo(before);
    assertThat(learner.task().count(Counter.REJECTED)).isEqualTo(2);
  }

  @Test
  void snapshot_beyondItsBytes_isRefusedAndTheOldOneStays() {
    events(5);
    command("\"snapshot\",\"name\":\"a\"");
    properties.put("eddy.snapshot.bytes", "1000");
    begin(stores);
    command("\"snapshot\",\"name\":\"a\",\"full\":true");

    assertThat(refusals).singleElement().asString().contains("eddy.snapshot.bytes", "1000 that");
    assertThat(learner.snapshots().heads().get("a").task().position).isEqualTo(5);
  }

  @Test
  void snapshot_oneTooMany_isRefused() {
    events(1);
    for (int i = 0; i <= Snapshots.MOST; i++) {
      command("\"snapshot\",\"name\":\"s" + i + "\"");
    }

    assertThat(refusals).singleElement().asString().contains("16 snapshots already");
    assertThat(learner.snapshots().heads()).hasSize(Snapshots.MOST);
  }

  @Test
  void begin_atTheEarliestUsableSnapshot_goesOnAsTheAppDid() {
    command("\"learning-rate\",\"factor\":0.5");
    events(10);
    command("\"snapshot\",\"name\":\"first\",\"full\":true");
    events(10);
    command("\"snapshot\",\"name\":\"weights\"");
    command("\"snapshot\",\"name\":\"second\",\"full\":true");
    long next = position;
    int before = predictions.size();
    events(10);
    command("\"snapshot\",\"name\":\"third\",\"full\":true");
    command("\"rollback\",\"name\":\"first\"");
    events(10);
    TaskStores kept = TaskStores.inMemory();
    stores.snapshots().forEach(kept.snapshots()::put);

    // the entries up to the first snapshot are gone
    SnapshotHead head =
        Snapshots.begin(EddyConfig.of(properties).newPrequential(), kept, 12).orElseThrow();

    assertThat(head.task().position).isEqualTo(next - 1);
    assertThat(head.task().inputOffset).isEqualTo(next - 3);
    begin(kept);
    assertThat(learner.snapshots().heads()).containsOnlyKeys("first", "weights", "second");
    position = next;
    events(10);
    command("\"snapshot\",\"name\":\"third\",\"full\":true");
    command("\"rollback\",\"name\":\"first\"");
    events(10);
    List<String> original = predictions.subList(before, before + 20);
    assertThat(predictions.subList(before + 20, before + 40)).isEqualTo(original);
    assertThat(refusals).isEmpty();
  }

  @Test
  void begin_noFullSnapshotSince_isEmpty() {
    events(10);
    command("\"snapshot\",\"name\":\"full\",\"full\":true");
    events(10);
    command("\"snapshot\",\"name\":\"weights\"");

    assertThat(Snapshots.begin(EddyConfig.of(properties).newPrequential(), stores, 11)).isEmpty();
  }
}
