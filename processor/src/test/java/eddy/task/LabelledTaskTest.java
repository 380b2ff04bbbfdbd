package eddy.task;

import static org.assertj.core.api.Assertions.assertThat;

import eddy.config.EddyConfig;
import eddy.event.DeadLetter;
import eddy.ledger.LedgerEntry;
import eddy.ledger.LedgerEntry.Kind;
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

/** Events and labels of one partition. */
class LabelledTaskTest implements TaskOutput {
  private final TaskStores stores = TaskStores.inMemory();
  private final List<String> reasons = new ArrayList<>();
  private final List<String> sources = new ArrayList<>();
  private TaskLearner learner;
  private long position;

  private void start(String... settings) {
    Map<String, Object> properties = new HashMap<>();
    properties.put("application.id", "app");
    properties.put("bootstrap.servers", "unused:9092");
    properties.put("eddy.input.topic", "in");
    properties.put("eddy.labels.topic", "labels");
    properties.put("eddy.features", "x");
    properties.put("eddy.targets", "y@label,kind:category@label");
    properties.put("eddy.units", "4");
    properties.put("eddy.label.deadline", "20");
    for (String setting : settings) {
      int equals = setting.indexOf('=');
      properties.put(setting.substring(0, equals), setting.substring(equals + 1));
    }
    learner = new TaskLearner(EddyConfig.of(properties), 3, stores, this);
  }

  @Override
  public void prediction(LedgerEntry event, byte[] prediction) {}

  @Override
  public void deadLetter(LedgerEntry entry, byte[] value, Headers headers) {
    reasons.add(text(headers, DeadLetter.REASON));
    sources.add(text(headers, DeadLetter.TOPIC));
  }

  private static String text(Headers headers, String name) {
    return new String(headers.lastHeader(name).value(), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String text) {
    return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
  }

  private void take(Kind kind, long offset, String key, String value) {
    learner.take(
        position++,
        new LedgerEntry(
            kind, 3, offset, 1000 * offset, bytes(key), bytes(value), new RecordHeaders()));
  }

  private long count(Counter counter) {
    return learner.task().count(counter);
  }

  private long updates() {
    return stores.weights().get(KeyedLearner.PARTITION).updates();
  }

  @Test
  void take_labelOfAPrediction_isLearned() {
    start();
    take(Kind.EVENT, 7, "k", "{\"x\":1.5}");
    take(Kind.EVENT, 9, "k", "{\"x\":2.5}");
    take(Kind.LABEL, 0, "k", "{\"id\":\"in-3-7\",\"y\":4,\"kind\":\"red\"}");

    assertThat(reasons).isEmpty();
    assertThat(count(Counter.LABELS_SETTLED)).isEqualTo(1);
    assertThat(count(Counter.LABEL_LAG_MS)).isEqualTo(2000);
    assertThat(updates()).isEqualTo(1);
  }

  @Test
  void take_labelsOfEveryKind_areCounted() {
    start("eddy.event.id.field=order");
    take(Kind.LABEL, 0, "k", "{\"order\":\"early\",\"y\":4}");
    assertThat(stores.weights().get(KeyedLearner.PARTITION)).as("nothing is learned yet").isNull();
    take(Kind.EVENT, 0, "k", "{\"x\":1,\"order\":\"early\"}");
    for (int i = 1; i < 30; i++) {
      take(Kind.EVENT, i, "k", "{\"x\":1,\"order\":" + i + "}");
    }
    take(Kind.LABEL, 1, "k", "{\"order\":\"early\",\"y\":4}");
    take(Kind.LABEL, 2, "k", "{\"order\":20,\"y\":4}");
    take(Kind.LABEL, 3, "k", "{\"order\":20,\"y\":5}");
    take(Kind.LABEL, 4, "k", "{\"order\":3,\"y\":4}");
    take(Kind.LABEL, 5, "k", "{\"order\":\"never\",\"y\":4}");
    for (int i = 30; i < 60; i++) {
      take(Kind.EVENT, i, "k", "{\"x\":1,\"order\":" + i + "}");
    }

    assertThat(count(Counter.LABELS_SETTLED)).isEqualTo(2);
    assertThat(count(Counter.LABELS_EARLY)).isEqualTo(2);
    assertThat(count(Counter.LABELS_DUPLICATE)).isEqualTo(2);
    assertThat(count(Counter.LABELS_LATE)).isEqualTo(1);
    assertThat(count(Counter.LABELS_UNKNOWN)).isEqualTo(1);
    assertThat(count(Counter.EXPIRED)).isEqualTo(60 - 20 - 2);
    assertThat(updates()).isEqualTo(2);
    assertThat(reasons).isEmpty();
  }

  @Test
  void take_labelOfAKeyWithoutState_waitsForItsEvent() {
    start("eddy.event.id.field=order", "eddy.weights=key");
    take(Kind.LABEL, 0, "new", "{\"order\":1,\"y\":4}");
    assertThat(stores.keys().get(Bytes.wrap(bytes("new")))).isNotNull();
    take(Kind.EVENT, 0, "new", "{\"x\":1,\"order\":1}");
    assertThat(count(Counter.LABELS_SETTLED)).isEqualTo(1);
    assertThat(stores.weights().get(Bytes.wrap(bytes("new"))).updates()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}| field id: expected a text, number or boolean, but it is missing or null",
        "{~id~:~in-3-7~}| field y or kind: expected a label, but it is missing or null",
        "{~id~:~in-3-7~,~y~:~n/a~}| field y: expected a number, got ~n/a~",
        "{~id~:~in-2-7~,~y~:1}| field id: expected the id of a prediction of this partition, such as in-3-17, got ~in-2-7~",
        "{~id~:~out-3-7~,~y~:1}| field id: expected the id of a prediction",
        "{~id~:7,~y~:1}| field id: expected the id of a prediction",
        "7| expected a JSON object, got a number",
        "| expected a label, but the record has no value",
      })
  void take_badLabel_becomesADeadLetter(String value, String reason) {
    start();
    take(Kind.EVENT, 7, "k", "{\"x\":1.5}");
    take(Kind.LABEL, 5, "k", value == null ? null : value.replace('~', '"'));
    take(Kind.LABEL, 6, null, "{}");

    assertThat(reasons.get(0)).startsWith(reason.replace('~', '"'));
    assertThat(reasons.get(1)).isEqualTo("expected a key, but the record has none");
    assertThat(sources).containsOnly("labels");
    assertThat(count(Counter.REJECTED)).isEqualTo(2);
    assertThat(updates()).isZero();
  }

  @Test
  void take_eventsOfOthers_giveUpWhatASilentKeyWaitsFor() {
    start("eddy.label.deadline.time=PT5S");
    take(Kind.EVENT, 1, "silent", "{\"x\":1}");
    for (int i = 2; i < 50; i++) {
      take(Kind.EVENT, i, "other", "{\"x\":1}");
    }
    // of the other key those of the last five seconds may still be labelled
    assertThat(count(Counter.EXPIRED)).isEqualTo(48 - 5 - 1 + 1);
    take(Kind.LABEL, 0, "silent", "{\"id\":\"in-3-1\",\"y\":4}");
    assertThat(count(Counter.LABELS_LATE)).isEqualTo(1);
    assertThat(count(Counter.EXPIRED)).isEqualTo(48 - 5 - 1 + 1);
  }

  @Test
  void take_labelPastTheDeadlineInTime_isLate() {
    start("eddy.label.deadline.time=PT5S");
    take(Kind.EVENT, 1, "k", "{\"x\":1}");
    // the time of all keys counts
    take(Kind.EVENT, 8, "other", "{\"x\":1}");
    take(Kind.LABEL, 0, "k", "{\"id\":\"in-3-1\",\"y\":4}");
    assertThat(count(Counter.LABELS_LATE)).isEqualTo(1);
    assertThat(count(Counter.EXPIRED)).isEqualTo(1);
  }
}
