package eddy.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eddy.config.EddyConfig;
import eddy.event.DeadLetter;
import eddy.event.PredictionRecord;
import eddy.learn.IncompatibleStateException;
import eddy.ledger.LedgerEntry;
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
import org.junit.jupiter.params.provider.ValueSource;

/** One partition's learner on plain maps. */
class TaskLearnerTest {
  private final Said said = new Said();
  private final TaskStores stores = TaskStores.inMemory();
  private final TaskLearner learner = new TaskLearner(config(), 3, stores, said);

  private static EddyConfig config() {
    Map<String, String> properties = new HashMap<>();
    properties.put("application.id", "app");
    properties.put("bootstrap.servers", "unused:9092");
    properties.put("eddy.input.topic", "in");
    properties.put("eddy.features", "x");
    properties.put("eddy.targets", "x@+1");
    properties.put("eddy.units", "4");
    return EddyConfig.of(properties);
  }

  private static final class Said implements TaskOutput {
    final List<byte[]> predictions = new ArrayList<>();
    final List<Headers> letters = new ArrayList<>();

    @Override
    public void prediction(LedgerEntry event, byte[] prediction) {
      predictions.add(prediction);
    }

    @Override
    public void deadLetter(LedgerEntry entry, byte[] value, Headers headers) {
      letters.add(headers);
    }
  }

  private static LedgerEntry event(long offset, String key, String value) {
    return new LedgerEntry(
        LedgerEntry.Kind.EVENT,
        3,
        offset,
        1000 * offset,
        bytes(key),
        bytes(value),
        new RecordHeaders());
  }

  private static byte[] bytes(String text) {
    return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(Headers headers, String name) {
    return new String(headers.lastHeader(name).value(), StandardCharsets.UTF_8);
  }

  @Test
  void take_event_givesPredictionOfItsPosition() {
    learner.take(7, event(7, "k", "{\"x\":1.5}"));

    assertThat(said.predictions).hasSize(1);
    assertThat(PredictionRecord.parse(said.predictions.get(0)).id()).isEqualTo("in-3-7");
  }

  @Test
  void take_eventWithoutKey_givesDeadLetterAndLearnsNothing() {
    learner.take(7, event(7, null, "{\"x\":1.5}"));

    assertThat(said.letters).hasSize(1);
    assertThat(text(said.letters.get(0), DeadLetter.TOPIC)).isEqualTo("in");
    assertThat(text(said.letters.get(0), DeadLetter.OFFSET)).isEqualTo("7");
    assertThat(said.predictions).isEmpty();
    assertThat(stores.weights().get(KeyedLearner.PARTITION)).isNull();
  }

  @Test
  void task_afterEntries_hasCountedThem() {
    learner.take(0, event(0, "a", "{\"x\":1}"));
    learner.take(2, event(2, "b", "{\"x\":2}"));
    learner.take(1, event(1, "b", "{\"x\":\"n/a\"}"));

    TaskState task = learner.task();
    assertThat(task.count(Counter.EVENTS)).isEqualTo(2);
    assertThat(task.count(Counter.PREDICTIONS)).isEqualTo(2);
    assertThat(task.count(Counter.REJECTED)).isEqualTo(1);
    assertThat(task.streamTime).isEqualTo(2000);
  }

  private static EddyConfig config(String... settings) {
    Map<String, Object> properties = new HashMap<>(config().originals());
    for (String setting : settings) {
      int equals = setting.indexOf('=');
      properties.put(setting.substring(0, equals), setting.substring(equals + 1));
    }
    return EddyConfig.of(properties);
  }

  @Test
  void take_noValue_deletesTheKeyWithItsWeights() {
    TaskStores kept = TaskStores.inMemory();
    EddyConfig config = config("eddy.weights=key", "eddy.targets=x@+1,x@+3");
    TaskLearner owner = new TaskLearner(config, 3, kept, said);
    owner.take(0, event(0, "a", "{\"x\":1}"));
    byte[] first = said.predictions.get(0);
    for (int i = 1; i < 6; i++) {
      owner.take(i, event(i, "a", "{\"x\":" + i + "}"));
      owner.take(i, event(i, "b", "{\"x\":" + i + "}"));
    }
    owner.take(6, event(6, "a", null));
    owner.take(7, event(7, "unknown", null));

    assertThat(kept.keys().get(key("a"))).isNull();
    assertThat(kept.weights().get(key("a"))).isNull();
    assertThat(kept.keys().get(key("b"))).isNotNull();
    assertThat(owner.task().count(Counter.DELETED)).isEqualTo(1);
    // one of a single event ahead, three of three
    assertThat(owner.task().count(Counter.FORGOTTEN)).isEqualTo(4);
    assertThat(said.letters).isEmpty();
    owner.take(0, event(0, "a", "{\"x\":1}"));
    assertThat(said.predictions.get(said.predictions.size() - 1)).isEqualTo(first);
  }

  private static Bytes key(String key) {
    return Bytes.wrap(bytes(key));
  }

  private static String reason(Headers letter) {
    return new String(letter.lastHeader(DeadLetter.REASON).value(), StandardCharsets.UTF_8);
  }

  @Test
  void take_keyWhoseSensitivitiesExplode_saysWhatItFallsBackTo() {
    EddyConfig config =
        config(
            "eddy.features=x:raw",
            "eddy.cell=irnn",
            "eddy.learner=rtrl",
            "eddy.block=4",
            "eddy.panel=single",
            "eddy.learning.rate=1e-9",
            "eddy.readout.learning.rate=1e-9");
    TaskLearner owner = new TaskLearner(config, 3, stores, said);
    for (int i = 0; i < 40; i++) {
      owner.take(i, event(i, "wild", "{\"x\":200000}"));
      owner.take(i, event(i, "calm", "{\"x\":0.001}"));
    }

    assertThat(owner.task().count(Counter.FALLBACKS)).isPositive();
    List<String> wild = new ArrayList<>();
    for (byte[] bytes : said.predictions) {
      PredictionRecord record = PredictionRecord.parse(bytes);
      if (record.key().equals("wild")) {
        wild.add(record.learner());
      } else {
        assertThat(record.learner()).isEqualTo("irnn/block-rtrl(4) in single");
      }
    }
    assertThat(wild.get(0)).isEqualTo("irnn/block-rtrl(4) in single");
    assertThat(wild).contains("irnn/tbptt(4) in single");
  }

  @ParameterizedTest
  @ValueSource(strings = {"partition", "key"})
  void new_storesOfAnotherConfiguration_areRefusedByBothFingerprints(String weights) {
    EddyConfig before = config("eddy.weights=" + weights);
    EddyConfig after = config("eddy.weights=" + weights, "eddy.sequence.gap=PT6H");
    TaskLearner owner = new TaskLearner(before, 3, stores, said);
    // nothing has been learned yet
    owner.take(0, event(0, "a", "no event"));
    new TaskLearner(after, 3, stores, said);
    owner.take(1, event(1, "a", "{\"x\":1}"));

    // a store decodes what it does not hold
    TaskState stored = stores.task().get(KeyedLearner.TASK);
    TaskStates kept = new TaskStates(new TaskStateCodec().encode(stored));
    assertThatThrownBy(() -> new TaskLearner(after, 3, kept.stores(), said))
        .isInstanceOf(IncompatibleStateException.class)
        .hasMessageContaining(
            "fingerprint of the configuration (reset the application, or take a new"
                + " application.id) "
                + Long.toHexString(after.newPrequential().fingerprint())
                + ", found "
                + Long.toHexString(before.newPrequential().fingerprint()));
    new TaskLearner(before, 3, kept.stores(), said);
  }

  /** The task's own state as it comes back from its stored form, alone. */
  private record TaskStates(byte[] stored) {
    TaskStores stores() {
      TaskStores stores = TaskStores.inMemory();
      stores.task().put(KeyedLearner.TASK, new TaskStateCodec().decode(stored));
      return stores;
    }
  }

  @Test
  void take_lateOrTwice_givesDeadLettersAndCountsThem() {
    EddyConfig strict =
        config("eddy.out.of.order=reject", "eddy.duplicates=reject", "eddy.event.id.field=id");
    TaskLearner owner = new TaskLearner(strict, 3, stores, said);
    owner.take(5, event(5, "a", "{\"x\":1,\"id\":\"one\"}"));
    owner.take(4, event(4, "a", "{\"x\":2,\"id\":\"two\"}"));
    owner.take(6, event(6, "a", "{\"x\":3,\"id\":\"one\"}"));
    owner.take(6, event(6, "a", "{\"x\":3}"));
    owner.take(4, event(4, "b", "{\"x\":3,\"id\":\"one\"}"));

    assertThat(said.predictions).hasSize(2);
    assertThat(said.letters)
        .extracting(TaskLearnerTest::reason)
        .satisfiesExactly(
            late -> assertThat(late).contains("no earlier than the newest of its key"),
            again -> assertThat(again).contains("whose id is not among the last 64 of its key"),
            nameless -> assertThat(nameless).contains("field id: expected"));
    TaskState task = owner.task();
    assertThat(task.count(Counter.EVENTS)).isEqualTo(2);
    assertThat(task.count(Counter.REJECTED)).isEqualTo(3);
    assertThat(task.count(Counter.LATE)).isEqualTo(1);
    assertThat(task.count(Counter.DUPLICATE)).isEqualTo(1);
    assertThat(task.streamTime).isEqualTo(5000);
  }

  @Test
  void take_onStoresOfAnotherLearner_goesOnWhereTheyStand() {
    Said undisturbed = new Said();
    TaskLearner whole = new TaskLearner(config(), 3, TaskStores.inMemory(), undisturbed);
    for (int i = 0; i < 20; i++) {
      whole.take(i, event(i, "k", "{\"x\":" + i * i % 7 + "}"));
    }

    for (int i = 0; i < 10; i++) {
      learner.take(i, event(i, "k", "{\"x\":" + i * i % 7 + "}"));
    }
    TaskLearner successor = new TaskLearner(config(), 3, stores, said);
    for (int i = 10; i < 20; i++) {
      successor.take(i, event(i, "k", "{\"x\":" + i * i % 7 + "}"));
    }

    assertThat(said.predictions).containsExactlyElementsOf(undisturbed.predictions);
  }
}
