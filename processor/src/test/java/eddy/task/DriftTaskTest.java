package eddy.task;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import eddy.config.EddyConfig;
import eddy.drift.DriftState;
import eddy.learn.KeyState;
import eddy.learn.Prequential;
import eddy.learn.Weights;
import eddy.ledger.LedgerEntry;
import eddy.math.RandomStream;
import eddy.state.MapStore;
import java.io.IOException;
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

/** What a task does about drift, on plain maps. */
class DriftTaskTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int CHANGE = 1200;
  private static final int EVENTS = 2400;
  private static final int KEYS = 3;

  private final Map<String, String> properties = new HashMap<>();

  DriftTaskTest() {
    properties.put("application.id", "app");
    properties.put("bootstrap.servers", "unused:9092");
    properties.put("eddy.input.topic", "in");
    properties.put("eddy.control.topic", "control");
    properties.put("eddy.features", "a,y:lag(1)");
    properties.put("eddy.targets", "y - 0,kind:category(4)@+1");
    properties.put("eddy.units", "4");
    properties.put("eddy.drift", "adwin");
  }

  /** A task, and all that it has said. */
  private final class Task implements TaskOutput {
    private final List<String> predictions = new ArrayList<>();
    private final List<JsonNode> drifts = new ArrayList<>();
    private final EddyConfig config = EddyConfig.of(properties);
    private TaskStores stores = TaskStores.inMemory();
    private TaskLearner learner = new TaskLearner(config, 2, stores, this);

    @Override
    public void prediction(LedgerEntry event, byte[] prediction) {
      predictions.add(new String(prediction, StandardCharsets.UTF_8));
    }

    @Override
    public void drift(byte[] drift) {
      try {
        drifts.add(JSON.readTree(drift));
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public void deadLetter(LedgerEntry entry, byte[] value, Headers headers) {
      throw new AssertionError(new String(entry.value(), StandardCharsets.UTF_8));
    }

    Task run(int from, int to) {
      for (int i = from; i < to; i++) {
        take(i, LedgerEntry.Kind.EVENT, "k" + i % KEYS, event(i));
      }
      return this;
    }

    void command(int position, String fields) {
      take(position, LedgerEntry.Kind.CONTROL, null, "{\"command\":" + fields + "}");
    }

    void take(int position, LedgerEntry.Kind kind, String key, String value) {
      learner.take(
          position,
          new LedgerEntry(
              kind, 2, position, 1000L * position, bytes(key), bytes(value), new RecordHeaders()));
    }

    /** Goes on from what is stored alone, as after a kill. */
    void restart() {
      Prequential prequential = config.newPrequential();
      MapStore<KeyState> keys = new MapStore<>();
      stores
          .keys()
          .forEach((k, v) -> keys.put(k, prequential.decodeKeyState(prequential.encode(v))));
      MapStore<Weights> weights = new MapStore<>();
      stores
          .weights()
          .forEach((k, v) -> weights.put(k, prequential.decodeWeights(prequential.encode(v))));
      TaskStateCodec codec = new TaskStateCodec();
      MapStore<TaskState> task = new MapStore<>();
      stores.task().forEach((k, v) -> task.put(k, codec.decode(codec.encode(v))));
      MapStore<DriftState> drift = new MapStore<>();
      stores.drift().forEach((k, v) -> drift.put(k, DriftState.decode(v.encode())));
      stores = new TaskStores(keys, weights, task, stores.snapshots()).withDrift(drift);
      learner = new TaskLearner(config, 2, stores, this);
    }

    Map<String, Bytes> state() {
      Prequential prequential = config.newPrequential();
      Map<String, Bytes> all = new HashMap<>();
      stores.keys().forEach((k, v) -> all.put("k" + k, Bytes.wrap(prequential.encode(v))));
      stores.weights().forEach((k, v) -> all.put("w" + k, Bytes.wrap(prequential.encode(v))));
      stores.drift().forEach((k, v) -> all.put("d" + k, Bytes.wrap(v.encode())));
      return all;
    }
  }

  private static byte[] bytes(String text) {
    return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
  }

  /** The label is another function of the input from the change on. */
  private static String event(int i) {
    RandomStream random = new RandomStream(i);
    double a = random.nextGaussian();
    double y = (i < CHANGE ? 2 * a : -3 * a + 4) + 0.1 * random.nextGaussian();
    return "{\"a\":" + a + ",\"y\":" + y + ",\"kind\":\"" + (a > 0 ? "p" : "n") + "\"}";
  }

  private void action(String action) {
    properties.put("eddy.drift.action", action);
  }

  @ParameterizedTest
  @ValueSource(strings = {"adwin", "page-hinkley"})
  void take_driftWithoutAction_isToldAndChangesNoPrediction(String detector) {
    properties.put("eddy.drift", detector);
    Task watched = new Task().run(0, EVENTS);
    properties.put("eddy.drift", "none");
    Task plain = new Task().run(0, EVENTS);

    assertThat(watched.predictions).isEqualTo(plain.predictions);
    assertThat(plain.drifts).isEmpty();
    assertThat(plain.stores.drift().get(KeyedLearner.PARTITION)).isNull();
    assertThat(watched.learner.task().count(Counter.DRIFT))
        .isEqualTo(watched.drifts.size())
        .isPositive();
  }

  @Test
  void take_drift_recordSaysWhereAndHowMuch() {
    action("boost(3,100)");
    JsonNode drift = new Task().run(0, EVENTS).drifts.get(0);

    int found = Integer.parseInt(drift.get("settled").textValue().substring("in-2-".length()));
    assertThat(found).isBetween(CHANGE, CHANGE + 100);
    assertThat(drift.get("partition").intValue()).isEqualTo(2);
    assertThat(drift.get("target").textValue()).isEqualTo("y");
    // every event of the three keys has its label in it
    assertThat(drift.get("labels").intValue()).isEqualTo(found + 1);
    assertThat(drift.get("timestamp").textValue())
        .isEqualTo(java.time.Instant.ofEpochMilli(1000L * found).toString());
    assertThat(drift.get("key").textValue()).isEqualTo("k" + found % KEYS);
    assertThat(drift.get("detector").textValue()).isEqualTo("adwin(0.002)");
    assertThat(drift.get("action").textValue()).isEqualTo("boost(3.0,100)");
    assertThat(drift.get("before").doubleValue()).isBetween(0.05, 0.5);
    assertThat(drift.get("after").doubleValue()).isGreaterThan(1);
  }

  @ParameterizedTest
  @CsvSource({
    "boost, partition",
    "reset, partition",
    "boost, key",
    "reset, key",
    "boost, global",
    "none, partition"
  })
  void take_killedAtAnyPoint_goesOnBitForBit(String action, String scope) {
    action(action);
    properties.put("eddy.weights", scope);
    properties.put("eddy.drift", "adwin(0.1)");
    Task whole = new Task().run(0, EVENTS);
    Task killed = new Task();
    int[] stops = {0, 1, CHANGE - 1, CHANGE + 40, CHANGE + 50, CHANGE + 200, 2000, EVENTS};
    for (int stop = 1; stop < stops.length; stop++) {
      killed.run(stops[stop - 1], stops[stop]);
      killed.restart();
    }

    assertThat(killed.drifts).isEqualTo(whole.drifts).isNotEmpty();
    assertThat(killed.predictions).isEqualTo(whole.predictions);
    assertThat(killed.state()).isEqualTo(whole.state());
  }

  @ParameterizedTest
  @ValueSource(strings = {"boost", "reset"})
  void take_driftWithAction_changesPredictionsFromThenOn(String action) {
    List<String> plain = new Task().run(0, EVENTS).predictions;
    action(action);
    Task acting = new Task().run(0, EVENTS);

    int found = acting.drifts.get(0).get("labels").intValue();
    assertThat(acting.predictions.subList(0, found - 1)).isEqualTo(plain.subList(0, found - 1));
    assertThat(acting.predictions).isNotEqualTo(plain);
  }

  @Test
  void take_reset_keysThatShareTheWeightsBeginAnewWhenTheyComeBack() {
    action("reset");
    Task task = new Task().run(0, EVENTS);

    DriftState shared = task.stores.drift().get(KeyedLearner.PARTITION);
    assertThat(shared.resetAt).isPositive();
    List<Long> known = new ArrayList<>();
    task.stores
        .drift()
        .forEach(
            (place, state) -> {
              if (state.isOfKey()) {
                known.add(state.resetAt);
              }
            });
    assertThat(known).hasSize(KEYS).containsOnly(shared.resetAt);

    task.take(EVENTS, LedgerEntry.Kind.EVENT, "k0", null);
    assertThat(((MapStore<DriftState>) task.stores.drift()).size()).isEqualTo(KEYS);
  }

  @Test
  void take_weightsByKey_areWatchedByKey() {
    properties.put("eddy.weights", "key");
    properties.put("eddy.drift", "adwin(0.1)");
    action("reset");
    Task task = new Task().run(0, EVENTS);

    MapStore<DriftState> drift = (MapStore<DriftState>) task.stores.drift();
    assertThat(drift.size()).isEqualTo(KEYS);
    assertThat(task.drifts)
        .extracting(record -> record.get("key").textValue())
        .contains("k0", "k1", "k2");

    task.take(EVENTS, LedgerEntry.Kind.EVENT, "k1", null);
    assertThat(drift.size()).isEqualTo(KEYS - 1);
  }

  @ParameterizedTest
  @CsvSource({"boost, true", "reset, true", "boost, false", "reset, false"})
  void rollback_afterDrift_remembersOfItWhatItDidThen(String action, boolean full) {
    action(action);
    Task task = new Task().run(0, CHANGE - 100);
    task.command(CHANGE - 100, "\"snapshot\",\"name\":\"s\",\"full\":" + full);
    Bytes before = task.state().get("d" + KeyedLearner.PARTITION);
    task.run(CHANGE, CHANGE + 400);
    assertThat(task.drifts).isNotEmpty();

    task.command(EVENTS, "\"rollback\",\"name\":\"s\"");

    assertThat(task.state().get("d" + KeyedLearner.PARTITION)).isEqualTo(before);
    if (full) {
      Task other = new Task().run(0, CHANGE - 100);
      assertThat(task.state()).isEqualTo(other.state());
    }
  }

  @Test
  void take_paused_isNotWatched() {
    Task task = new Task().run(0, CHANGE);
    task.command(CHANGE, "\"pause\"");
    task.run(CHANGE + 1, EVENTS);

    assertThat(task.drifts).isEmpty();
  }

  @Test
  void take_boostIsOver_paceIsThatOfBefore() {
    action("boost(8,50)");
    Task task = new Task().run(0, EVENTS);

    assertThat(task.drifts).hasSizeBetween(1, 3);
    assertThat(task.stores.drift().get(KeyedLearner.PARTITION).boosted).isZero();
  }

  @Test
  void take_anotherDetectorThanBefore_beginsAnew() {
    Task task = new Task().run(0, CHANGE);
    properties.put("eddy.drift", "page-hinkley");
    Task other = new Task();
    other.stores = task.stores;
    other.restart();
    other.run(CHANGE, EVENTS);

    DriftState state = other.stores.drift().get(KeyedLearner.PARTITION);
    assertThat(state.detection()).hasToString("page-hinkley(0.005,50.0)");
    assertThat(state.of(0).labels()).isEqualTo(EVENTS - CHANGE);
  }
}
