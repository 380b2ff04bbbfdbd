package eddy.stream;

import static eddy.stream.DrivenTopology.TIME;
import static eddy.stream.DrivenTopology.bytes;
import static eddy.stream.DrivenTopology.text;
import static org.assertj.core.api.Assertions.assertThat;

import eddy.event.DeadLetter;
import eddy.event.PredictionRecord;
import eddy.ledger.LedgerCodec;
import eddy.ledger.LedgerEntry;
import eddy.task.TaskLearner;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyDescription;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Routing through the ledger. */
class LedgerTopologyTest {
  @TempDir Path directory;
  private DrivenTopology app;

  @BeforeEach
  void start() {
    Map<String, String> properties = DrivenTopology.properties(directory);
    properties.put("eddy.control.topic", "control");
    properties.put("eddy.event.max.bytes", "1000");
    app = DrivenTopology.of(properties);
  }

  @AfterEach
  void close() {
    app.close();
  }

  private void send(String topic, byte[] key, String value, Headers headers) {
    app.send(topic, key, value, headers);
  }

  private TestOutputTopic<byte[], byte[]> output(String topic) {
    return app.output(topic);
  }

  @Test
  void build_withLedger_hasTwoPartsAndNamesOfItsOwn() {
    assertThat(app.topology.describe().subtopologies()).hasSize(2);
    for (TopologyDescription.Subtopology part : app.topology.describe().subtopologies()) {
      assertThat(part.nodes()).allMatch(node -> node.name().startsWith("eddy-"));
    }
  }

  @Test
  void event_throughLedger_becomesPredictionOfItsOwnPositionKeyHeadersAndTime() {
    send("control", null, "{}", new RecordHeaders());
    send("in", bytes("k"), "{\"x\":1.5}", new RecordHeaders().add("trace", bytes("t1")));

    List<TestRecord<byte[], byte[]>> predictions = output("out").readRecordsToList();
    assertThat(predictions).hasSize(1);
    TestRecord<byte[], byte[]> prediction = predictions.get(0);
    assertThat(prediction.key()).isEqualTo(bytes("k"));
    assertThat(prediction.getRecordTime()).isEqualTo(TIME);
    assertThat(text(prediction.headers(), "trace")).isEqualTo("t1");
    assertThat(PredictionRecord.parse(prediction.value()).id()).isEqualTo("in-0-0");
  }

  @Test
  void records_ofAllTopics_standInTheLedgerInTheirOrder() {
    send("in", bytes("k"), "{\"x\":1}", new RecordHeaders());
    send("control", null, "{\"command\":\"pause\"}", new RecordHeaders());
    send("in", bytes("k"), "{\"x\":2}", new RecordHeaders());

    List<LedgerEntry> entries =
        output("app-ledger").readRecordsToList().stream()
            .map(r -> LedgerCodec.decode(r.key(), r.value(), r.headers()))
            .toList();
    assertThat(entries)
        .extracting(LedgerEntry::kind)
        .containsExactly(LedgerEntry.Kind.EVENT, LedgerEntry.Kind.CONTROL, LedgerEntry.Kind.EVENT);
    assertThat(entries).extracting(LedgerEntry::offset).containsExactly(0L, 0L, 1L);
    assertThat(entries.get(2).value()).isEqualTo(bytes("{\"x\":2}"));
    assertThat(entries.get(2).timestamp()).isEqualTo(TIME.toEpochMilli());
  }

  @Test
  void event_rejected_becomesDeadLetterOfItsOwnPosition() {
    send("in", bytes("k"), "{\"x\":1}", new RecordHeaders());
    send("in", bytes("k"), "{\"x\":true}", new RecordHeaders().add("trace", bytes("t1")));

    TestRecord<byte[], byte[]> letter = output("dead").readRecord();
    assertThat(letter.value()).isEqualTo(bytes("{\"x\":true}"));
    assertThat(text(letter.headers(), "trace")).isEqualTo("t1");
    assertThat(text(letter.headers(), DeadLetter.TOPIC)).isEqualTo("in");
    assertThat(text(letter.headers(), DeadLetter.OFFSET)).isEqualTo("1");
  }

  @Test
  void event_tooLargeForTheLedger_becomesDeadLetterThatKnowsItsSize() {
    send("in", bytes("k"), "{\"x\":1" + " ".repeat(2000) + "}", new RecordHeaders());

    TestRecord<byte[], byte[]> letter = output("dead").readRecord();
    assertThat(letter.key()).isEqualTo(bytes("k"));
    assertThat(text(letter.headers(), DeadLetter.TOPIC)).isEqualTo("in");
    assertThat(text(letter.headers(), DeadLetter.SIZE)).isEqualTo("2007");
    assertThat(text(letter.headers(), DeadLetter.REASON)).contains("1000 bytes", "2007");
  }

  @Test
  void event_withOversizedKeyAndHeaders_becomesDeadLetterThatFits() {
    byte[] key = new byte[900_000];
    Arrays.fill(key, (byte) 'k');

    send("in", key, "{\"x\":1}", new RecordHeaders().add("trace", new byte[900_000]));

    TestRecord<byte[], byte[]> letter = output("dead").readRecord();
    assertThat(letter.key()).isEqualTo(Arrays.copyOf(key, TaskLearner.LONGEST_KEY));
    assertThat(letter.headers().lastHeader("trace")).isNull();
    assertThat(text(letter.headers(), DeadLetter.REASON)).contains("key").contains("900000");
  }

  @Test
  void control_notACommand_becomesDeadLetter() {
    send("control", null, "{}", new RecordHeaders());

    TestRecord<byte[], byte[]> letter = output("dead").readRecord();
    assertThat(text(letter.headers(), DeadLetter.TOPIC)).isEqualTo("control");
  }

  @Test
  void control_rollbackToFullSnapshot_givesTheSamePredictionsAgain() {
    events(0, 20);
    send("control", null, "{\"command\":\"snapshot\",\"name\":\"a\",\"full\":true}", headers());
    events(20, 30);
    send("control", null, "{\"command\":\"rollback\",\"name\":\"a\"}", headers());
    events(20, 30);

    List<String> predictions =
        output("out").readValuesToList().stream().map(LedgerTopologyTest::withoutId).toList();
    assertThat(predictions).hasSize(40);
    assertThat(predictions.subList(30, 40)).isEqualTo(predictions.subList(20, 30));
    assertThat(output("dead").isEmpty()).isTrue();
  }

  private void events(int from, int to) {
    for (int i = from; i < to; i++) {
      send("in", bytes("k" + i % 2), "{\"x\":" + i * i % 7 + "}", headers());
    }
  }

  private static Headers headers() {
    return new RecordHeaders();
  }

  private static String withoutId(byte[] prediction) {
    return new String(prediction, StandardCharsets.UTF_8).replaceFirst("\"id\":\"[^\"]*\",", "");
  }

  @Test
  void partitioner_eventAndCommand_staysAndGoesToAll() {
    LedgerPartitioner partitioner = new LedgerPartitioner();

    assertThat(partitioner.partitions("l", null, frame(LedgerEntry.Kind.EVENT), 4))
        .hasValueSatisfying(set -> assertThat(set).containsExactly(2));
    assertThat(partitioner.partitions("l", null, frame(LedgerEntry.Kind.CONTROL), 4))
        .hasValueSatisfying(set -> assertThat(set).containsExactlyInAnyOrder(0, 1, 2, 3));
  }

  private static byte[] frame(LedgerEntry.Kind kind) {
    return LedgerCodec.encode(new LedgerEntry(kind, 2, 0, 0, null, null, new RecordHeaders()));
  }
}
