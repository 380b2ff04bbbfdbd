package eddy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import eddy.broker.BrokerSettings;
import eddy.broker.EmbeddedBroker;
import eddy.testing.ChildJvm;
import eddy.testing.Topics;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The promise that replay is proof, on topics that an app wrote which was killed on the way. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class VerifyIT {
  private static final int EVENTS = 2_000;
  private static final int REJECTED = 2;
  private static final int PARTITIONS = 2;
  private static final Duration PATIENCE = Duration.ofSeconds(180);
  private static final String PREDICTIONS = "walks.predictions";
  private static final String DRIFT = "walks.drift";

  /** The walks are of 2023. */
  private static final Map<String, String> KEPT = Map.of("retention.ms", "-1");

  private static final List<String> TOPICS =
      List.of("walks", PREDICTIONS, "altered", "relabelled", "holed", "half", "cut", "longer");

  @TempDir private static Path directory;
  private static EmbeddedBroker broker;
  private static String servers;
  private static List<ConsumerRecord<byte[], byte[]>> published;

  private final StringWriter out = new StringWriter();
  private final StringWriter error = new StringWriter();

  @BeforeAll
  static void publish() throws Exception {
    broker = EmbeddedBroker.startTemporary(BrokerSettings.defaults());
    servers = broker.bootstrapServers();
    for (String topic : TOPICS) {
      broker.createTopic(topic, PARTITIONS, KEPT);
    }
    broker.createTopic("walks.rejected", 1, Map.of());
    broker.createTopic(DRIFT, 1, KEPT);
    Path config = configuration("walks", PREDICTIONS);
    feed(0, EVENTS / 2);
    try (ChildJvm app = start(config)) {
      Topics.read(servers, PREDICTIONS, PARTITIONS, EVENTS / 8, PATIENCE);
      feed(EVENTS / 2, EVENTS);
      app.kill();
    }
    try (ChildJvm app = start(config)) {
      published = Topics.read(servers, PREDICTIONS, PARTITIONS, EVENTS - REJECTED, PATIENCE);
      assertThat(app.stop(PATIENCE)).isZero();
    }
    assertThat(Topics.read(servers, DRIFT, 1, 1, PATIENCE))
        .as("resets, so easily alarmed")
        .isNotEmpty();
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  /** Random walks of 25 keys, two events among them that are none. */
  private static void feed(int from, int to) {
    try (Producer<byte[], byte[]> producer = Topics.producer(servers)) {
      for (int row = from; row < to; row++) {
        String value =
            row % 1000 == 7
                ? "no event"
                : "{\"value\":" + Math.sin(row * 0.1) * (1 + row % 25) + "}";
        byte[] key = ("walk-" + row % 25).getBytes(StandardCharsets.UTF_8);
        RecordHeader header = new RecordHeader("row", Integer.toString(row).getBytes());
        producer.send(
            new ProducerRecord<>(
                "walks", null, 1_700_000_000_000L + row, key, value.getBytes(), List.of(header)));
      }
    }
  }

  private static Path configuration(String application, String output) throws IOException {
    Properties properties = new Properties();
    properties.putAll(
        Map.of(
            "application.id", application,
            "bootstrap.servers", servers,
            "eddy.input.topic", "walks",
            "eddy.output.topic", output,
            "eddy.dead.letter.topic", "walks.rejected",
            "eddy.features", "value,value:diff(1)",
            "eddy.targets", "value@+1",
            "eddy.units", "8"));
    properties.put("eddy.drift", "page-hinkley(0.001,2)");
    properties.put("eddy.drift.action", "reset");
    properties.put("eddy.drift.topic", DRIFT);
    properties.put("state.dir", directory.resolve("state").toString());
    properties.put("eddy.warmup.ms", "0");
    properties.put("commit.interval.ms", "100");
    properties.put("producer.transaction.timeout.ms", "4000");
    properties.put("group.instance.id", "walks");
    properties.put("session.timeout.ms", "6000");
    Path file = directory.resolve(application + "-" + output + ".properties");
    try (OutputStream stream = Files.newOutputStream(file)) {
      properties.store(stream, null);
    }
    return file;
  }

  private static ChildJvm start(Path config) throws IOException {
    return ChildJvm.start(
        Eddy.class, directory.resolve("app.log"), "run", "--config", config.toString());
  }

  /** Copies the predictions as they are, but for what the change does to each; null leaves out. */
  private static void copy(String topic, UnaryOperator<ProducerRecord<byte[], byte[]>> change) {
    try (Producer<byte[], byte[]> producer = Topics.producer(servers)) {
      for (ConsumerRecord<byte[], byte[]> record : published) {
        ProducerRecord<byte[], byte[]> changed =
            change.apply(
                new ProducerRecord<>(
                    topic,
                    record.partition(),
                    record.timestamp(),
                    record.key(),
                    record.value(),
                    record.headers()));
        if (changed != null) {
          producer.send(changed);
        }
      }
    }
  }

  private int verify(Path config, String... options) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "replay",
                "--config",
                config.toString(),
                "--bootstrap-servers",
                servers,
                "--verify"));
    arguments.addAll(List.of(options));
    return Eddy.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(error, true))
        .execute(arguments.toArray(String[]::new));
  }

  /** The prediction of an event, by the event's place. */
  private static boolean isOf(ProducerRecord<byte[], byte[]> record, String event) {
    return new String(record.value(), StandardCharsets.UTF_8).contains("\"id\":\"" + event + "\"");
  }

  @Test
  void verify_killedAndRestartedApp_isEqualAndLeavesNoTrace() throws Exception {
    assertThat(verify(configuration("walks", PREDICTIONS))).as(error + "" + out).isZero();

    assertThat(out.toString()).contains("equal: 1,998 predictions of " + PREDICTIONS);
    assertThat(error.toString()).isEmpty();
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
      assertThat(admin.listGroups().all().get())
          .extracting(GroupListing::groupId)
          .containsExactly("walks");
    }
  }

  @Test
  void verify_onePredictionAltered_namesItsOffsetAndTheField() throws Exception {
    copy(
        "altered",
        record ->
            isOf(record, "walks-1-321")
                ? new ProducerRecord<>(
                    record.topic(),
                    record.partition(),
                    record.timestamp(),
                    record.key(),
                    new String(record.value(), StandardCharsets.UTF_8)
                        .replace("\"model\":", "\"model\":1e3,\"was\":")
                        .getBytes(StandardCharsets.UTF_8),
                    record.headers())
                : record);
    long offset = offset("altered", "walks-1-321");

    assertThat(verify(configuration("walks", "altered"))).isEqualTo(3);

    assertThat(out.toString())
        .contains("different: altered-1-" + offset + " differs from what walks-1-321 gives")
        .contains("predictions.value@+1.model")
        .doesNotContain("predictions.value@+1.baseline");
  }

  private static long offset(String topic, String event) {
    return Topics.read(servers, topic, PARTITIONS, EVENTS - REJECTED, PATIENCE).stream()
        .filter(record -> new String(record.value()).contains("\"id\":\"" + event + "\""))
        .findFirst()
        .orElseThrow()
        .offset();
  }

  @Test
  void verify_timestampHeaderOrKeyAltered_namesThem() throws Exception {
    copy(
        "relabelled",
        record ->
            isOf(record, "walks-0-5")
                ? new ProducerRecord<>(
                    record.topic(),
                    record.partition(),
                    record.timestamp() + 1,
                    "other".getBytes(),
                    record.value(),
                    List.of(new RecordHeader("row", "x".getBytes())))
                : record);

    assertThat(verify(configuration("walks", "relabelled"), "--json")).isEqualTo(3);

    JsonNode report = new ObjectMapper().readTree(out.toString());
    assertThat(report.fieldNames())
        .toIterable()
        .containsExactly("equal", "predictions", "deleted", "behind", "difference");
    JsonNode difference = report.get("difference");
    assertThat(difference.get("offset").asLong()).isEqualTo(offset("relabelled", "walks-0-5"));
    assertThat(difference.get("fields"))
        .extracting(field -> field.get("name").asText())
        .containsExactly("record key", "record timestamp", "record header row");
  }

  @Test
  void verify_onePredictionMissing_saysWhich() throws Exception {
    copy("holed", record -> isOf(record, "walks-0-40") ? null : record);

    assertThat(verify(configuration("walks", "holed"))).isEqualTo(3);

    assertThat(out.toString()).contains("the prediction of walks-0-40, which is missing");
  }

  @Test
  void verify_appBehind_comparesWhatIsThere() throws Exception {
    copy("half", record -> Math.floorMod(record.timestamp(), 10_000) < 1000 ? record : null);

    assertThat(verify(configuration("another", "half"))).as(out.toString()).isZero();

    assertThat(out.toString()).contains("equal: 999 predictions of half");
    assertThat(error.toString()).contains("no prediction yet from walks-0-", "the app is behind");
  }

  @Test
  void verify_lastPredictionsMissingThoughTheAppHasPassed_isDifferent() throws Exception {
    copy("cut", record -> Math.floorMod(record.timestamp(), 10_000) < 1000 ? record : null);

    assertThat(verify(configuration("walks", "cut"))).isEqualTo(3);

    assertThat(out.toString()).contains("is missing: the app has passed walks-0-");
  }

  @Test
  void verify_recordThatNoEventGives_isNamed() throws Exception {
    copy("longer", record -> record);
    try (Producer<byte[], byte[]> producer = Topics.producer(servers)) {
      producer.send(new ProducerRecord<>("longer", 1, "k".getBytes(), "stray".getBytes()));
    }

    assertThat(verify(configuration("walks", "longer"))).isEqualTo(3);

    assertThat(out.toString()).contains("longer-1-", "comes after the predictions of all events");
  }

  @Test
  @Order(Integer.MAX_VALUE)
  void verify_inputWithoutItsFirstEvents_isRefusedWithTheEarliestOffset() throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
      admin
          .deleteRecords(Map.of(new TopicPartition("walks", 1), RecordsToDelete.beforeOffset(123)))
          .all()
          .get();
    }

    assertThat(verify(configuration("walks", PREDICTIONS))).isEqualTo(2);

    assertThat(error.toString()).contains("walks-1 begins at offset 123");
  }
}
