package eddy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import eddy.broker.Broker;
import eddy.broker.BrokerSettings;
import eddy.broker.EmbeddedBroker;
import eddy.testing.Topics;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Feeding a topic, and replaying it, on a real broker. */
class FeedCommandIT {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static Broker broker;

  private final Shell shell = new Shell();
  private final StringWriter out = shell.out;
  private final StringWriter error = shell.error;

  /** The rows are old: without it the broker may delete them while they are read. */
  private static final Map<String, String> KEPT = Map.of("retention.ms", "-1");

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    broker = EmbeddedBroker.startTemporary(BrokerSettings.defaults());
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @Test
  void replay_topicThatWasFed_writesTheFileThatTheCsvGives() throws Exception {
    Path storms = folder.resolve("storms.csv.gz");
    try (InputStream in = getClass().getResourceAsStream("/eddy/demo/storms.csv.gz")) {
      Files.copy(in, storms);
    }
    broker.createTopic("storms", 1, KEPT);
    assertThat(feed(storms, "storms", "--key", "storm", "--time", "timestamp")).isZero();
    assertThat(out.toString()).contains("11,840 rows written to storms");

    String config = "../scripts/examples/storms.properties";
    Path ofFile = folder.resolve("file");
    Path ofTopic = folder.resolve("topic");
    List<String> csv = new ArrayList<>(List.of("--csv", storms.toString()));
    csv.addAll(List.of("--key", "storm", "--time", "timestamp"));
    assertThat(replay(config, ofFile, csv.toArray(String[]::new))).isZero();
    assertThat(replay(config, ofTopic, "--bootstrap-servers", broker.bootstrapServers())).isZero();
    assertThat(error.toString()).isEmpty();
    assertThat(ofTopic.resolve("predictions.csv"))
        .hasSameBinaryContentAs(ofFile.resolve("predictions.csv"));
    assertThat(groups()).as("replay joins no group").isEmpty();
  }

  @Test
  void feed_rows_areRecordsWithKeyTimeAndValue() throws Exception {
    broker.createTopic("rows", 1, KEPT);
    Path csv =
        write(
            "id,time,value,note\n"
                + "a,2026-01-31 12:00:00,1.50,\"x, y\"\n"
                + ",2026-01-31T12:00:01Z,,z\n"
                + "b,nonsense,3,\n");
    assertThat(feed(csv, "rows", "--key", "id", "--time", "time", "--rate", "1000")).isZero();
    assertThat(error.toString()).contains("--time time: 1 rows hold no time there");

    List<ConsumerRecord<byte[], byte[]>> records =
        Topics.read(broker.bootstrapServers(), "rows", 1, 3, SOON);
    assertThat(records).extracting(record -> text(record.key())).containsExactly("a", null, "b");
    assertThat(records)
        .extracting(record -> Instant.ofEpochMilli(record.timestamp()).toString())
        .containsExactly("2026-01-31T12:00:00Z", "2026-01-31T12:00:01Z", "2026-01-31T12:00:01Z");
    assertThat(records)
        .extracting(record -> text(record.value()))
        .containsExactly(
            "{\"id\":\"a\",\"time\":\"2026-01-31 12:00:00\",\"value\":1.50,\"note\":\"x, y\"}",
            "{\"id\":null,\"time\":\"2026-01-31T12:00:01Z\",\"value\":null,\"note\":\"z\"}",
            "{\"id\":\"b\",\"time\":\"nonsense\",\"value\":3,\"note\":null}");
  }

  @Test
  void replay_rangeOfSeveralPartitions_readsEachBetweenItsBounds() throws Exception {
    broker.createTopic("parts", 2, KEPT);
    try (Producer<byte[], byte[]> producer = Topics.producer(broker.bootstrapServers())) {
      for (int i = 0; i < 10; i++) {
        for (int partition = 0; partition < 2; partition++) {
          byte[] value = bytes("{\"value\":" + (100 * partition + i) + "}");
          producer.send(
              new ProducerRecord<>("parts", partition, 1000L * i, bytes("k" + partition), value));
        }
      }
      producer.flush();
    }
    Path output = folder.resolve("parts");
    String config = config("parts").toString();
    String servers = broker.bootstrapServers();

    assertThat(
            replay(
                config,
                output,
                "--bootstrap-servers",
                servers,
                "--from-offset",
                "2",
                "--to-offset",
                "6"))
        .isZero();
    String byOffset = Files.readString(output.resolve("predictions.csv"));
    assertThat(byOffset.lines().skip(1).map(line -> line.split(",")[0] + ":" + line.split(",")[4]))
        .as("rows go on from one partition to the next")
        .containsExactly("0:3.0", "1:4.0", "2:5.0", "4:103.0", "5:104.0", "6:105.0");

    assertThat(
            replay(
                config,
                output,
                "--bootstrap-servers",
                servers,
                "--from-time",
                "1970-01-01T00:00:01.001Z",
                "--to-time",
                "1970-01-01T00:00:06Z"))
        .isZero();
    assertThat(Files.readString(output.resolve("predictions.csv"))).isEqualTo(byOffset);
  }

  @Test
  void compare_topicOfSeveralPartitions_isTheSameEveryTimeAndLeavesNoTrace() throws Exception {
    int partitions = 3;
    broker.createTopic("several", partitions, Map.of());
    try (Producer<byte[], byte[]> producer = Topics.producer(broker.bootstrapServers())) {
      for (int i = 0; i < 300; i++) {
        byte[] value = bytes("{\"value\":" + Math.sin(0.1 * i) + "}");
        producer.send(new ProducerRecord<>("several", null, 1000L * i, bytes("k" + i % 7), value));
      }
      producer.flush();
    }
    Set<String> topics = topics();
    String config = config("several").toString();
    Path first = folder.resolve("first");
    Path second = folder.resolve("second");
    for (Path output : List.of(first, second)) {
      int code =
          replay(
              config,
              output,
              "--bootstrap-servers",
              broker.bootstrapServers(),
              "--compare",
              config);
      assertThat(code).as(error.toString()).isZero();
    }
    assertThat(first.resolve("predictions.csv"))
        .hasSameBinaryContentAs(second.resolve("predictions.csv"));
    assertThat(Files.readAllLines(first.resolve("predictions.csv"))).hasSize(300 - 7 + 1);
    assertThat(out.toString()).contains("several-2 loses exactly what several does");
    assertThat(groups()).as("replay joins no group").isEmpty();
    assertThat(topics()).as("replay makes no topic").isEqualTo(topics);
  }

  @Test
  void replay_recordsOfAnAbortedTransaction_areNotRead() throws Exception {
    broker.createTopic("aborted", 1, KEPT);
    try (Producer<byte[], byte[]> producer =
        new org.apache.kafka.clients.producer.KafkaProducer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers(), "transactional.id", "feed-test"),
            new org.apache.kafka.common.serialization.ByteArraySerializer(),
            new org.apache.kafka.common.serialization.ByteArraySerializer())) {
      producer.initTransactions();
      for (int i = 0; i < 6; i++) {
        producer.beginTransaction();
        producer.send(new ProducerRecord<>("aborted", bytes("k"), bytes("{\"value\":" + i + "}")));
        if (i % 3 == 1) {
          producer.flush();
          producer.abortTransaction();
        } else {
          producer.commitTransaction();
        }
      }
    }
    Path output = folder.resolve("aborted");
    assertThat(
            replay(
                config("aborted").toString(),
                output,
                "--bootstrap-servers",
                broker.bootstrapServers()))
        .isZero();
    assertThat(Files.readAllLines(output.resolve("predictions.csv")).stream().skip(1))
        .extracting(line -> line.split(",")[0] + ":" + line.split(",")[4])
        .containsExactly("0:2.0", "1:3.0", "2:5.0");
  }

  @Test
  void feed_missingTopic_isOneLineWithTheRemedy() throws IOException {
    assertThat(feed(write("value\n1\n"), "nowhere")).isEqualTo(2);
    assertThat(error.toString())
        .hasLineCount(1)
        .contains("--topic nowhere: there is no such topic", "kafka-topics --create");
  }

  @Test
  void replay_missingTopic_isOneLineWithTheRemedy() throws IOException {
    int code =
        replay(
            config("nowhere").toString(),
            folder.resolve("none"),
            "--bootstrap-servers",
            broker.bootstrapServers());
    assertThat(error.toString())
        .hasLineCount(1)
        .contains("eddy.input.topic=nowhere: there is no such topic", "kafka-topics --create");
    assertThat(code).isEqualTo(2);
  }

  @Test
  void replay_fieldThatNoEventHas_isWrongUse() throws Exception {
    broker.createTopic("others", 1, KEPT);
    assertThat(feed(write("price\n1\n2\n"), "others", "--json")).isZero();
    assertThat(JsonReport.of(out, "feed").get("rows").asInt()).isEqualTo(2);
    out.getBuffer().setLength(0);
    Path output = folder.resolve("others");
    int code =
        replay(
            config("others").toString(), output, "--bootstrap-servers", broker.bootstrapServers());
    assertThat(error.toString()).contains("eddy: field value").contains("price");
    assertThat(code).isEqualTo(2);
    assertThat(output.resolve("predictions.csv")).doesNotExist();
  }

  @Test
  void feed_rowLargerThanTheTopicTakes_failsWithItsRow() throws Exception {
    broker.createTopic("small", 1, Map.of("max.message.bytes", "1000"));
    int code = feed(write("value\n1\n" + "x".repeat(5000) + "\n2\n"), "small");
    assertThat(error.toString()).hasLineCount(1).startsWith("eddy: small: row ");
    assertThat(code).isEqualTo(1);
  }

  private static Set<String> groups() throws Exception {
    Map<String, Object> settings =
        Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers());
    try (Admin admin = Admin.create(settings)) {
      return admin.listGroups().all().get().stream()
          .map(GroupListing::groupId)
          .collect(java.util.stream.Collectors.toSet());
    }
  }

  private static Set<String> topics() throws Exception {
    Map<String, Object> settings =
        Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers());
    try (Admin admin = Admin.create(settings)) {
      return admin.listTopics().names().get();
    }
  }

  private int feed(Path csv, String topic, String... more) {
    List<String> words = new ArrayList<>(List.of("feed", "--csv", csv.toString()));
    words.addAll(List.of("--topic", topic, "--bootstrap-servers", broker.bootstrapServers()));
    words.addAll(List.of(more));
    return run(words);
  }

  private int replay(String config, Path output, String... source) {
    List<String> words = new ArrayList<>(List.of("replay", "--config", config));
    words.addAll(List.of("--output", output.toString()));
    words.addAll(List.of(source));
    return run(words);
  }

  private int run(List<String> words) {
    return shell.run(words);
  }

  private Path config(String topic) throws IOException {
    return Files.writeString(
        folder.resolve(topic + ".properties"),
        "eddy.features=value\neddy.targets=value@+1\neddy.input.topic=" + topic + "\n");
  }

  private Path write(String content) throws IOException {
    return Files.writeString(Files.createTempFile(folder, "input", ".csv"), content);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] bytes) {
    return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
  }
}
