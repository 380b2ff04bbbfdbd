package eddy.task;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import eddy.config.EddyConfig;
import eddy.config.WeightsFile;
import eddy.event.DeadLetter;
import eddy.learn.Tensor;
import eddy.ledger.LedgerEntry;
import eddy.state.MapStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The schemas of docs/schemas against what tasks write and read; the oracle is a validator. */
class SchemasTest {
  private static final Path FOLDER = Path.of("..", "docs", "schemas");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int EVENTS = 900;

  @TempDir Path directory;

  /** Everything that a task says, by the name of its schema. */
  private static final class Said implements TaskOutput {
    private final Map<String, List<JsonNode>> records = new HashMap<>();
    private final List<Headers> predictionHeaders = new ArrayList<>();

    private void add(String schema, byte[] value) {
      records.computeIfAbsent(schema, name -> new ArrayList<>()).add(read(value));
    }

    List<JsonNode> of(String schema) {
      return records.getOrDefault(schema, List.of());
    }

    @Override
    public void prediction(LedgerEntry event, byte[] prediction) {
      add("prediction", prediction);
      predictionHeaders.add(event.headers());
    }

    @Override
    public void score(byte[] key, byte[] score) {
      add("score", score);
    }

    @Override
    public void drift(byte[] drift) {
      add("drift", drift);
    }

    @Override
    public void deadLetter(LedgerEntry entry, byte[] value, Headers headers) {
      Map<String, String> texts = new HashMap<>();
      for (Header header : headers) {
        texts.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
      }
      records
          .computeIfAbsent("dead-letter", name -> new ArrayList<>())
          .add(JSON.valueToTree(texts));
    }
  }

  private static JsonNode read(byte[] value) {
    try {
      return JSON.readTree(value);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static JsonSchema schema(String name) {
    try {
      SchemaValidatorsConfig strict =
          SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();
      return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
          .getSchema(read(Files.readAllBytes(FOLDER.resolve(name + ".json"))), strict);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void assertValid(String schema, List<JsonNode> records) {
    JsonSchema validator = schema(schema);
    assertThat(records).as(schema).isNotEmpty();
    for (JsonNode record : records) {
      assertThat(validator.validate(record)).as(record.toString()).isEmpty();
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** A task's answers to events whose law changes half way, some bad ones among them. */
  private static Said run(String... settings) {
    Map<String, String> properties = new HashMap<>();
    properties.put("application.id", "app");
    properties.put("eddy.input.topic", "in");
    properties.put("eddy.scores.topic", "scores");
    properties.put("eddy.features", "x,kind:category");
    properties.put("eddy.targets", "x@+1,kind:category(4)@+1");
    properties.put("eddy.units", "4");
    properties.put("eddy.drift", "page-hinkley(0.005,5)");
    for (int i = 0; i < settings.length; i += 2) {
      properties.put(settings[i], settings[i + 1]);
    }
    Said said = new Said();
    TaskStores stores =
        TaskStores.inMemory().withLosses(new MapStore<>()).withDrift(new MapStore<>());
    TaskLearner learner = new TaskLearner(EddyConfig.of(properties), 3, stores, said);
    for (int row = 0; row < EVENTS; row++) {
      double x = row < EVENTS / 2 ? row % 3 : 50 * (row * 7919 % 13);
      String event =
          row % 100 == 50 ? "{\"x\":\"far\n\"}" : "{\"x\":" + x + ",\"kind\":\"k" + row % 5 + "\"}";
      learner.take(row, entry(LedgerEntry.Kind.EVENT, row, event));
    }
    return said;
  }

  private static LedgerEntry entry(LedgerEntry.Kind kind, int row, String value) {
    Headers headers = new RecordHeaders().add("row", bytes("r" + row));
    return new LedgerEntry(kind, 3, row, 1_000L * row, bytes("k" + row % 2), bytes(value), headers);
  }

  @Test
  void schemas_folder_holdsThoseThatAreTested() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      assertThat(files.map(file -> file.getFileName().toString().replace(".json", "")))
          .containsExactlyInAnyOrder(
              "prediction", "score", "drift", "dead-letter", "command", "label", "weights");
    }
  }

  @Test
  void records_ofAPanel_areValid() {
    Said said = run();

    for (String schema : List.of("prediction", "score", "drift", "dead-letter")) {
      assertValid(schema, said.of(schema));
    }
    assertThat(said.predictionHeaders).hasSize(EVENTS - EVENTS / 100);
  }

  @ParameterizedTest
  @ValueSource(strings = {"quantile(0.1,0.5,0.9)", "gaussian"})
  void records_ofUncertainNumbers_areValid(String loss) {
    Said said = run("eddy.targets", "x@+1", "eddy.panel", "single", "eddy.loss", loss);

    assertValid("prediction", said.of("prediction"));
    assertThat(said.of("prediction").get(EVENTS / 2).at("/predictions/x@+1").size())
        .isGreaterThan(4);
  }

  @Test
  void records_withAFieldTooMuchOrTooFew_areNot() {
    Said said = run();
    for (String schema : List.of("prediction", "score", "drift")) {
      JsonNode record = said.of(schema).get(0);
      JsonSchema validator = schema(schema);
      ObjectNode more = record.deepCopy();
      assertThat(validator.validate(more.put("stray", 1))).isNotEmpty();
      for (Map.Entry<String, JsonNode> field : record.properties()) {
        ObjectNode less = record.deepCopy();
        less.remove(field.getKey());
        assertThat(validator.validate(less)).as("without %s", field.getKey()).isNotEmpty();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"command\":\"pause\"}",
        "{\"command\":\"resume\"}",
        "{\"command\":\"learning-rate\",\"factor\":0.5}",
        "{\"command\":\"learning-rate\",\"factor\":0}",
        "{\"command\":\"learning-rate\"}",
        "{\"command\":\"reset-key\",\"key\":\"k\"}",
        "{\"command\":\"snapshot\",\"name\":\"a.b\"}",
        "{\"command\":\"snapshot\",\"name\":\"a\",\"full\":true}",
        "{\"command\":\"snapshot\",\"name\":\"a b\"}",
        "{\"command\":\"rollback\",\"name\":\"a\"}",
        "{\"command\":\"drop-snapshot\",\"name\":\"a\"}",
        "{\"command\":\"stop\"}",
        "{\"command\":\"pause\",\"name\":\"a\"}",
        "[]"
      })
  void command_validOrNot_isObeyedOrRefused(String command) {
    Set<ValidationMessage> problems = schema("command").validate(read(bytes(command)));

    boolean obeyed = !(CommandReader.read(bytes(command)) instanceof Command.Refused);
    assertThat(problems.isEmpty()).as(command).isEqualTo(obeyed);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"id\":\"in-3-0\",\"y\":2.5}",
        "{\"id\":\"in-3-1\",\"kind\":\"a\"}",
        "{\"y\":2.5}",
        "{\"id\":\"third\",\"y\":2.5}",
        "{\"id\":\"in-3-0\"}"
      })
  void label_validOrNot_isTakenOrRejected(String label) {
    Said said = new Said();
    TaskLearner learner =
        new TaskLearner(
            EddyConfig.of(
                Map.of(
                    "application.id", "app",
                    "eddy.input.topic", "in",
                    "eddy.labels.topic", "labels",
                    "eddy.features", "x",
                    "eddy.targets", "y@label,kind:category@label",
                    "eddy.units", "4")),
            3,
            TaskStores.inMemory(),
            said);

    learner.take(0, entry(LedgerEntry.Kind.LABEL, 0, label));

    boolean valid = schema("label").validate(read(bytes(label))).isEmpty();
    assertThat(said.of("dead-letter").isEmpty()).as(label).isEqualTo(valid);
    said.of("dead-letter")
        .forEach(letter -> assertThat(letter.get(DeadLetter.TOPIC).asText()).isEqualTo("labels"));
  }

  @Test
  void weights_header_isValid() throws IOException {
    Path file = directory.resolve("w.safetensors");
    WeightsFile.write(
        file,
        Map.of("cell.weight", new Tensor(new int[] {2, 1}, new float[] {1, 2})),
        new byte[] {1, 2, 3},
        Map.of("fingerprint", "ff"));
    ByteBuffer content = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    byte[] header = new byte[(int) content.getLong()];
    content.get(header);

    assertValid("weights", List.of(read(header)));
  }

  /** In every format that a test can make without a registry; Avro's is AvroRegistryIT. */
  @ParameterizedTest
  @ValueSource(strings = {"json", "csv"})
  void headers_ofAnEvent_areThoseOfItsPrediction(String format) {
    boolean csv = format.equals("csv");
    Map<String, String> properties = new HashMap<>();
    properties.put("eddy.input.topic", "in");
    properties.put("eddy.features", "x,kind:category");
    properties.put("eddy.targets", "x@+1");
    properties.put("eddy.input.format", format);
    if (csv) {
      properties.put("eddy.input.columns", "kind,x");
    }
    Said said = new Said();
    TaskLearner learner =
        new TaskLearner(EddyConfig.of(properties), 3, TaskStores.inMemory(), said);

    learner.take(
        0, entry(LedgerEntry.Kind.EVENT, 7, csv ? "a,1.5\n" : "{\"x\":1.5,\"kind\":\"a\"}"));

    assertThat(said.of("prediction").get(0).at("/predictions/x@+1/baseline").asDouble())
        .isEqualTo(1.5);
    assertThat(said.predictionHeaders.get(0).lastHeader("row").value()).isEqualTo(bytes("r7"));
  }
}
