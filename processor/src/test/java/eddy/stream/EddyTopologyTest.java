package eddy.stream;

import static eddy.stream.DrivenTopology.TIME;
import static eddy.stream.DrivenTopology.bytes;
import static eddy.stream.DrivenTopology.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eddy.config.ConfigurationException;
import eddy.config.EddyConfig;
import eddy.event.DeadLetter;
import eddy.event.PredictionRecord;
import eddy.task.TaskLearner;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyDescription;
import org.apache.kafka.streams.errors.LogAndContinueProcessingExceptionHandler;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Routing and names; what is exactly once is shown on a broker. */
class EddyTopologyTest {
  @TempDir Path directory;
  private Map<String, String> properties;
  private DrivenTopology app;
  private TestOutputTopic<byte[], byte[]> predictions;
  private TestOutputTopic<byte[], byte[]> deadLetters;

  @BeforeEach
  void configure() {
    properties = DrivenTopology.properties(directory);
    properties.put("eddy.targets", "x@+1,kind:category(4)@+1");
  }

  @AfterEach
  void close() {
    if (app != null) {
      app.close();
    }
  }

  private void start(DrivenTopology started) {
    app = started;
    predictions = app.output("out");
    deadLetters = app.output("dead");
  }

  private void start() {
    start(DrivenTopology.of(properties));
  }

  private void send(byte[] key, String value, Headers headers) {
    app.send("in", key, value, headers);
  }

  @Test
  void build_allNodesAndStores_haveNamesOfTheirOwn() {
    Topology topology = EddyTopology.of(EddyConfig.of(properties)).build();

    for (TopologyDescription.Subtopology part : topology.describe().subtopologies()) {
      for (TopologyDescription.Node node : part.nodes()) {
        assertThat(node.name()).startsWith("eddy-");
        if (node instanceof TopologyDescription.Processor processor) {
          assertThat(processor.stores()).allMatch(store -> store.startsWith("eddy-"));
        }
      }
    }
    assertThat(topology.describe().subtopologies()).hasSize(1);
  }

  @Test
  void event_accepted_becomesPredictionWithItsKeyHeadersAndTimestamp() {
    start();

    Headers headers = new RecordHeaders().add("trace", bytes("t1"));
    send(bytes("k"), "{\"x\":1.5,\"kind\":\"a\"}", headers);
    send(bytes("k"), "{\"x\":2.5,\"kind\":\"b\"}", headers);

    List<TestRecord<byte[], byte[]>> records = predictions.readRecordsToList();
    assertThat(records).hasSize(2);
    TestRecord<byte[], byte[]> record = records.get(1);
    assertThat(record.key()).isEqualTo(bytes("k"));
    assertThat(record.getRecordTime()).isEqualTo(TIME);
    assertThat(text(record.headers(), "trace")).isEqualTo("t1");
    PredictionRecord prediction = PredictionRecord.parse(record.value());
    assertThat(prediction.id()).isEqualTo("in-0-1");
    assertThat(prediction.key()).isEqualTo("k");
    assertThat(prediction.timestamp()).isEqualTo(TIME.toEpochMilli());
    assertThat(prediction.updates()).isEqualTo(1);
    assertThat(prediction.predictions()).containsOnlyKeys("x@+1", "kind@+1");
    assertThat(prediction.predictions().get("x@+1").toString()).contains("baseline=2.5");
    assertThat(prediction.predictions().get("kind@+1").toString()).contains("baseline=b");
    assertThat(deadLetters.isEmpty()).isTrue();
  }

  @Test
  void event_rejected_becomesDeadLetterWithItsHeadersAndTheReason() {
    start();

    send(bytes("k"), "{\"x\":\"far\"}", new RecordHeaders().add("trace", bytes("t1")));

    TestRecord<byte[], byte[]> letter = deadLetters.readRecord();
    assertThat(letter.key()).isEqualTo(bytes("k"));
    assertThat(letter.value()).isEqualTo(bytes("{\"x\":\"far\"}"));
    assertThat(letter.getRecordTime()).isEqualTo(TIME);
    assertThat(text(letter.headers(), "trace")).isEqualTo("t1");
    assertThat(text(letter.headers(), DeadLetter.REASON))
        .contains("field x")
        .contains("expected a number")
        .contains("far");
    assertThat(text(letter.headers(), DeadLetter.TOPIC)).isEqualTo("in");
    assertThat(text(letter.headers(), DeadLetter.OFFSET)).isEqualTo("0");
    assertThat(predictions.isEmpty()).isTrue();
  }

  @Test
  void event_withoutKey_becomesDeadLetter() {
    start();

    send(null, "{\"x\":1}", new RecordHeaders());

    TestRecord<byte[], byte[]> letter = deadLetters.readRecord();
    assertThat(letter.key()).isNull();
    assertThat(text(letter.headers(), DeadLetter.REASON)).contains("expected a key");
  }

  @Test
  void event_withoutValue_deletesWhatIsKeptOfItsKey() {
    start();

    for (int i = 0; i < 5; i++) {
      send(bytes("k"), "{\"x\":" + i + ",\"kind\":\"a\"}", new RecordHeaders());
    }
    send(bytes("k"), null, new RecordHeaders());
    send(bytes("k"), "{\"x\":1,\"kind\":\"b\"}", new RecordHeaders());

    List<TestRecord<byte[], byte[]>> records = predictions.readRecordsToList();
    assertThat(records).hasSize(6);
    // no prediction was left that the label could be for
    PredictionRecord last = PredictionRecord.parse(records.get(4).value());
    assertThat(PredictionRecord.parse(records.get(5).value()).updates()).isEqualTo(last.updates());
    assertThat(last.updates()).isEqualTo(4);
    assertThat(deadLetters.isEmpty()).isTrue();
  }

  @Test
  void event_withOversizedKey_becomesDeadLetterThatFits() {
    start();
    byte[] key = new byte[900_000];
    Arrays.fill(key, (byte) 'k');

    send(key, "{\"x\":1}", new RecordHeaders());

    TestRecord<byte[], byte[]> letter = deadLetters.readRecord();
    assertThat(letter.key()).isEqualTo(Arrays.copyOf(key, TaskLearner.LONGEST_KEY));
    assertThat(text(letter.headers(), DeadLetter.REASON)).contains("key").contains("900000");
  }

  @Test
  void event_withoutValueAndWithOversizedKey_becomesDeadLetterAsItsEventsDo() {
    start();

    send(new byte[TaskLearner.LONGEST_KEY + 1], null, new RecordHeaders());

    assertThat(text(deadLetters.readRecord().headers(), DeadLetter.REASON)).contains("key");
  }

  @Test
  void event_withOversizedHeaders_becomesDeadLetterWithoutThem() {
    start();

    send(bytes("k"), "{\"x\":1}", new RecordHeaders().add("trace", new byte[900_000]));

    TestRecord<byte[], byte[]> letter = deadLetters.readRecord();
    assertThat(letter.headers().lastHeader("trace")).isNull();
    assertThat(text(letter.headers(), DeadLetter.REASON)).contains("headers").contains("900005");
  }

  @Test
  void event_rejected_leavesNoTrace() {
    start();
    send(bytes("k"), "{\"x\":1}", new RecordHeaders());
    send(bytes("k"), "{\"x\":1e300}", new RecordHeaders());
    send(bytes("k"), "{\"x\":2}", new RecordHeaders());
    List<String> disturbed = predictions.readValuesToList().stream().map(this::withoutId).toList();
    app.close();

    start();
    send(bytes("k"), "{\"x\":1}", new RecordHeaders());
    send(bytes("k"), "{\"x\":2}", new RecordHeaders());

    assertThat(predictions.readValuesToList().stream().map(this::withoutId).toList())
        .isEqualTo(disturbed)
        .hasSize(2);
  }

  private String withoutId(byte[] prediction) {
    return new String(prediction, StandardCharsets.UTF_8).replaceFirst("\"id\":\"[^\"]*\",", "");
  }

  @Test
  void weightsByKey_secondKey_startsFromNothing() {
    properties.put("eddy.weights", "key");
    start();

    send(bytes("a"), "{\"x\":1}", new RecordHeaders());
    send(bytes("a"), "{\"x\":2}", new RecordHeaders());
    send(bytes("b"), "{\"x\":2}", new RecordHeaders());

    List<byte[]> values = predictions.readValuesToList();
    assertThat(PredictionRecord.parse(values.get(1)).updates()).isEqualTo(1);
    assertThat(PredictionRecord.parse(values.get(2)).updates()).isZero();
  }

  @Test
  void addTo_embedded_leavesTheSinksToTheUser() {
    properties.remove("eddy.output.topic");
    properties.remove("eddy.dead.letter.topic");
    EddyConfig config = EddyConfig.of(properties);
    StreamsBuilder builder = new StreamsBuilder();
    EddyStreams eddy = EddyTopology.of(config).addTo(builder);
    eddy.predictions().mapValues(value -> bytes("seen")).to("out");
    start(new DrivenTopology(builder.build(), config.streamsProperties()));

    send(bytes("k"), "{\"x\":1}", new RecordHeaders());
    send(null, "{\"x\":1}", new RecordHeaders());

    assertThat(predictions.readValuesToList()).containsExactly(bytes("seen"));
  }

  @Test
  void build_withoutOutputTopic_namesTheKey() {
    properties.remove("eddy.output.topic");
    EddyTopology topology = EddyTopology.of(EddyConfig.of(properties));

    assertThatThrownBy(topology::build)
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("eddy.output.topic");
  }

  @Test
  void init_handlerThatContinues_isRefused() {
    EddyConfig config = EddyConfig.of(properties);
    Properties settings = config.streamsProperties();
    settings.put(
        "processing.exception.handler", LogAndContinueProcessingExceptionHandler.class.getName());
    Topology topology = EddyTopology.of(config).build();

    assertThatThrownBy(() -> new DrivenTopology(topology, settings))
        .hasStackTraceContaining("it would commit half an update");
  }
}
