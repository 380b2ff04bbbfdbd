package eddy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import eddy.broker.BrokerSettings;
import eddy.broker.EmbeddedBroker;
import eddy.config.EddyConfig;
import eddy.event.DeadLetter;
import eddy.ledger.LedgerEntry;
import eddy.stream.EddyApp;
import eddy.task.TaskLearner;
import eddy.task.TaskOutput;
import eddy.task.TaskStores;
import eddy.testing.Gate;
import eddy.testing.Registry;
import eddy.testing.Topics;
import io.apicurio.registry.serde.avro.AvroKafkaSerializer;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An Avro topic through a real Apicurio registry, which is away for a while. */
class AvroRegistryIT {
  private static final Duration PATIENCE = Duration.ofSeconds(180);
  private static final int OF_A_SCHEMA = 60;

  /** More than one record is asked for at once. */
  private static final int REFUSALS = 8;

  @TempDir private static Path directory;
  private static Registry registry;
  private static Gate gate;
  private static EmbeddedBroker broker;

  /** An event as it goes into the topic, and as the JSON that it must be equal to. */
  private record Sent(byte[] value, Headers headers, String json) {}

  private final List<Sent> sent = new ArrayList<>();

  @BeforeAll
  static void start() throws Exception {
    registry = Registry.start(0, directory.resolve("registry.log"));
    broker = EmbeddedBroker.startTemporary(BrokerSettings.defaults());
    for (String topic : List.of("readings", "forecasts", "rejected", "control")) {
      // the readings are of 2023
      broker.createTopic(topic, 1, Map.of("retention.ms", "-1"));
    }
    registry.awaitAnswers();
    gate = new Gate(registry.port());
  }

  @AfterAll
  static void stop() throws Exception {
    gate.close();
    registry.close();
    broker.close();
  }

  private static Schema schema(int version) {
    String more =
        switch (version) {
          case 1 -> "";
          case 2 -> ",{\"name\":\"load\",\"type\":[\"null\",\"int\"],\"default\":null}";
          default ->
              ",{\"name\":\"load\",\"type\":\"long\"},{\"name\":\"place\",\"type\":\"string\"}";
        };
    return new Schema.Parser()
        .parse(
            "{\"type\":\"record\",\"name\":\"Reading\",\"namespace\":\"v"
                + version
                + "\",\"fields\":[{\"name\":\"at\",\"type\":{\"type\":\"long\",\"logicalType\":"
                + "\"timestamp-micros\"}},{\"name\":\"sensor\",\"type\":{\"type\":\"record\",\"name\":"
                + "\"Sensor\",\"fields\":[{\"name\":\"temperature\",\"type\":\"double\"}]}}"
                + more
                + "]}");
  }

  /** Makes records of a version; their schema is registered by the way. */
  private void make(int version, boolean idsInHeaders) {
    Schema schema = schema(version);
    try (AvroKafkaSerializer<GenericRecord> serializer = new AvroKafkaSerializer<>()) {
      serializer.configure(
          Map.of(
              "apicurio.registry.url",
              registry.url(),
              "apicurio.registry.auto-register",
              "true",
              "apicurio.registry.artifact.artifact-id",
              "readings-v" + version,
              "apicurio.registry.headers.enabled",
              String.valueOf(idsInHeaders)),
          false);
      for (int i = 0; i < OF_A_SCHEMA; i++) {
        int row = sent.size();
        double temperature = 20 + Math.floorMod(row * 37, 64) / 8.0;
        GenericRecord sensor = new GenericData.Record(schema.getField("sensor").schema());
        sensor.put("temperature", temperature);
        GenericRecord record = new GenericData.Record(schema);
        record.put("at", row * 60_000_000L + 999);
        record.put("sensor", sensor);
        boolean loaded = version > 2 || version == 2 && i % 3 > 0;
        if (loaded) {
          record.put("load", version == 2 ? (Object) (row % 7) : (Object) (long) (row % 7));
        }
        if (version > 2) {
          record.put("place", "hall");
        }
        Headers headers = new RecordHeaders();
        byte[] value = serializer.serialize("readings", headers, record);
        headers.add("row", String.valueOf(row).getBytes(StandardCharsets.UTF_8));
        sent.add(
            new Sent(
                value,
                headers,
                "{\"at\":"
                    + row * 60_000L
                    + ",\"sensor\":{\"temperature\":"
                    + temperature
                    + "}"
                    + (loaded ? ",\"load\":" + row % 7 : "")
                    + "}"));
      }
    }
  }

  /** Records that no schema reads: unknown id, cut short, no Avro at all. */
  private void makeBad() {
    byte[] unknown = {0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5};
    byte[] whole = sent.get(OF_A_SCHEMA - 1).value();
    byte[] cut = Arrays.copyOf(whole, 11);
    for (byte[] bad : List.of(unknown, cut, "{\"at\":1}".getBytes(StandardCharsets.UTF_8))) {
      sent.add(new Sent(bad, new RecordHeaders(), null));
    }
  }

  private void send(Producer<byte[], byte[]> producer, int from) {
    for (int row = from; row < sent.size(); row++) {
      Sent event = sent.get(row);
      producer.send(
          new ProducerRecord<>(
              "readings", 0, 1_700_000_000_000L + row, key(row), event.value(), event.headers()));
    }
    producer.flush();
  }

  private static byte[] key(int row) {
    return ("k" + row % 3).getBytes(StandardCharsets.UTF_8);
  }

  private static Properties properties() {
    Properties properties = new Properties();
    properties.putAll(
        Map.of(
            "application.id", "avro",
            "bootstrap.servers", broker.bootstrapServers(),
            "state.dir", directory.resolve("state").toString(),
            "commit.interval.ms", "100",
            "eddy.input.topic", "readings",
            "eddy.output.topic", "forecasts",
            "eddy.dead.letter.topic", "rejected",
            // so that there is a ledger
            "eddy.control.topic", "control"));
    properties.putAll(
        Map.of(
            "eddy.input.format", "avro",
            "apicurio.registry.url", "http://127.0.0.1:" + gate.entrance() + "/apis/registry/v2",
            "eddy.features", "sensor.temperature,load?,at:gap",
            "eddy.targets", "sensor.temperature@+1",
            "eddy.units", "4",
            "eddy.warmup.ms", "0"));
    return properties;
  }

  @Test
  void run_schemasThatChangeAndARegistryThatIsAway_loseNothingAndAreWhatJsonIs() throws Exception {
    Map<String, String> settings = new HashMap<>();
    properties().forEach((key, value) -> settings.put(key.toString(), value.toString()));
    EddyConfig config = EddyConfig.of(settings);
    make(1, false);
    makeBad();
    make(2, true);
    String servers = broker.bootstrapServers();
    List<ConsumerRecord<byte[], byte[]>> published;
    try (Producer<byte[], byte[]> producer = Topics.producer(servers);
        EddyApp app = EddyApp.of(config)) {
      send(producer, 0);
      app.start();
      Topics.read(servers, "forecasts", 1, 2 * OF_A_SCHEMA, PATIENCE);

      int before = sent.size();
      make(3, false);
      gate.shut();
      send(producer, before);
      awaitRefusals();
      gate.reopen();

      published = Topics.read(servers, "forecasts", 1, 3 * OF_A_SCHEMA, PATIENCE);
      assertThat(app.failure()).isEmpty();
    }

    List<ConsumerRecord<byte[], byte[]>> letters = Topics.read(servers, "rejected", 1, 3, PATIENCE);
    assertThat(letters)
        .extracting(letter -> text(letter.headers().lastHeader(DeadLetter.OFFSET).value()))
        .containsExactly("60", "61", "62");
    assertThat(letters)
        .allMatch(
            letter ->
                text(letter.headers().lastHeader(DeadLetter.REASON).value())
                    .startsWith("expected Avro, but it cannot be read: "));
    assertThat(published).extracting(record -> text(record.value())).isEqualTo(ofJson(config));
    assertThat(published)
        .extracting(record -> text(record.headers().lastHeader("row").value()))
        .isEqualTo(
            sent.stream()
                .filter(event -> event.json() != null)
                .map(event -> text(event.headers().lastHeader("row").value()))
                .toList());
    verify(settings);
  }

  private static void awaitRefusals() throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (gate.refused() < REFUSALS) {
      assertThat(System.nanoTime()).as("the registry is asked").isLessThan(deadline);
      Thread.sleep(20);
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** What the same events in JSON give, in the same order. */
  private List<String> ofJson(EddyConfig avro) {
    Map<String, Object> settings = new HashMap<>(avro.originals());
    settings.remove("eddy.input.format");
    List<String> predictions = new ArrayList<>();
    TaskOutput output =
        new TaskOutput() {
          @Override
          public void prediction(LedgerEntry event, byte[] prediction) {
            predictions.add(text(prediction));
          }

          @Override
          public void deadLetter(LedgerEntry entry, byte[] value, Headers headers) {}
        };
    TaskLearner learner =
        new TaskLearner(EddyConfig.of(settings), 0, TaskStores.inMemory(), output);
    for (int row = 0; row < sent.size(); row++) {
      if (sent.get(row).json() != null) {
        learner.take(
            row,
            new LedgerEntry(
                LedgerEntry.Kind.EVENT,
                0,
                row,
                1_700_000_000_000L + row,
                key(row),
                sent.get(row).json().getBytes(StandardCharsets.UTF_8),
                new RecordHeaders()));
      }
    }
    return predictions;
  }

  /** By the ledger, and the registry. */
  private static void verify(Map<String, String> settings) throws Exception {
    Properties properties = new Properties();
    properties.putAll(settings);
    Path file = directory.resolve("app.properties");
    try (OutputStream stream = Files.newOutputStream(file)) {
      properties.store(stream, null);
    }
    Shell shell = new Shell();

    int exit =
        shell.run(
            List.of(
                "replay",
                "--config",
                file.toString(),
                "--bootstrap-servers",
                broker.bootstrapServers(),
                "--verify"));

    assertThat(exit).as(shell.error + "" + shell.out).isZero();
    assertThat(shell.out.toString()).contains("equal: 180 predictions of forecasts");
  }
}
