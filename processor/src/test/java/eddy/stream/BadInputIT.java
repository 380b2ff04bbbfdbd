package eddy.stream;

import static org.assertj.core.api.Assertions.assertThat;

import eddy.broker.BrokerSettings;
import eddy.broker.EmbeddedBroker;
import eddy.config.EddyConfig;
import eddy.event.DeadLetter;
import eddy.testing.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntFunction;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.streams.KafkaStreams;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing lost, nothing poisoned: every bad event is found again, and no good one is harmed. */
class BadInputIT {
  private static final int EVENTS = 10_000;
  private static final int HUGE = 5 << 20;

  @TempDir Path directory;
  private EmbeddedBroker broker;
  private String servers;

  /** A way to be no event. Each is given a word of the reason that must come back. */
  private enum Fault {
    MALFORMED("expected JSON", row -> "{\"x\":" + row + ",\"y\":"),
    TRUNCATED_TEXT("expected JSON", row -> "{\"x\":" + row + ",\"y\":1,\"kind\":\"b"),
    NO_OBJECT("expected a JSON object", row -> "[" + row + "]"),
    LACKS_FEATURE("field y: expected a number, but it is missing", row -> "{\"x\":" + row + "}"),
    NULL_FEATURE(
        "field y: expected a number, but it is missing", row -> "{\"x\":" + row + ",\"y\":null}"),
    NOT_A_NUMBER("field x: expected a number, got NaN", row -> "{\"x\":NaN,\"y\":" + row + "}"),
    FAR_TOO_LARGE("field x: expected a number between", row -> "{\"x\":1e300,\"y\":" + row + "}"),
    TEXT_FOR_NUMBER(
        "field x: expected a number, got \"n/a\"", row -> "{\"x\":\"n/a\",\"y\":" + row + "}"),
    NO_KEY("expected a key", row -> "{\"x\":" + row + ",\"y\":1}"),
    OVERSIZED("expected at most 1048576 bytes, got " + HUGE, BadInputIT::huge);

    final String reason;
    final IntFunction<String> value;

    Fault(String reason, IntFunction<String> value) {
      this.reason = reason;
      this.value = value;
    }
  }

  private static String huge(int row) {
    char[] text = new char[HUGE];
    Arrays.fill(text, 'z');
    String start = "{\"x\":" + row + ",\"y\":1,\"note\":\"";
    start.getChars(0, start.length(), text, 0);
    text[HUGE - 2] = '"';
    text[HUGE - 1] = '}';
    return new String(text);
  }

  /** The fault of a row, null where it is a good event: each tenth is bad, ten are huge. */
  private static Fault fault(int row) {
    if (row % 10 != 7) {
      return null;
    }
    Fault[] faults = Fault.values();
    int turn = row / 10;
    boolean huge = turn % 100 == 99;
    return huge ? Fault.OVERSIZED : faults[turn % (faults.length - 1)];
  }

  @BeforeEach
  void startBroker() {
    broker =
        EmbeddedBroker.startTemporary(BrokerSettings.defaults().with("message.max.bytes", 6 << 20));
    servers = broker.bootstrapServers();
  }

  @AfterEach
  void stopBroker() {
    broker.close();
  }

  @Test
  void badEvents_oneThousandOfTenThousand_areTheDeadLettersAndHarmNothing() throws Exception {
    broker.createTopic("in", 1, Map.of("max.message.bytes", String.valueOf(6 << 20)));
    broker.createTopic("out", 1, Map.of());
    broker.createTopic("dead", 1, Map.of());
    feed();
    EddyConfig config = config();

    List<ConsumerRecord<byte[], byte[]>> input;
    List<ConsumerRecord<byte[], byte[]>> predictions;
    List<ConsumerRecord<byte[], byte[]>> letters;
    try (EddyApp app = EddyApp.of(config)) {
      app.start();
      input = Committed.read(servers, "in", 1, EVENTS);
      predictions = Committed.read(servers, "out", 1, EVENTS - EVENTS / 10);
      letters = Committed.read(servers, "dead", 1, EVENTS / 10);
      assertThat(app.state()).isEqualTo(KafkaStreams.State.RUNNING);
      assertThat(app.failure()).isEmpty();
    }
    assertThat(Committed.all(servers, "out", 1)).hasSameSizeAs(predictions);
    assertThat(Committed.all(servers, "dead", 1)).hasSameSizeAs(letters);

    List<ConsumerRecord<byte[], byte[]>> good = new ArrayList<>();
    List<ConsumerRecord<byte[], byte[]>> bad = new ArrayList<>();
    input.forEach(event -> (fault((int) event.offset()) == null ? good : bad).add(event));
    Map<Fault, Integer> counts = new TreeMap<>();
    for (int i = 0; i < bad.size(); i++) {
      assertDeadLetter(letters.get(i), bad.get(i));
      counts.merge(fault((int) bad.get(i).offset()), 1, Integer::sum);
    }
    assertThat(counts.keySet()).isEqualTo(Set.of(Fault.values()));
    assertThat(counts).containsEntry(Fault.OVERSIZED, 10).containsEntry(Fault.MALFORMED, 110);
    DirectLearner learner = new DirectLearner(config);
    for (int i = 0; i < good.size(); i++) {
      assertThat(predictions.get(i).value())
          .asString()
          .isEqualTo(new String(learner.predict(good.get(i))));
    }
  }

  private EddyConfig config() {
    return EddyConfig.of(
        Map.of(
            "application.id", "app",
            "bootstrap.servers", servers,
            "state.dir", directory.toString(),
            "eddy.input.topic", "in",
            "eddy.output.topic", "out",
            "eddy.dead.letter.topic", "dead",
            "eddy.features", "x,y,y:diff(1)",
            "eddy.targets", "x@+1",
            "eddy.units", "8"));
  }

  private void feed() {
    try (Producer<byte[], byte[]> producer = Topics.producer(servers)) {
      for (int row = 0; row < EVENTS; row++) {
        Fault fault = fault(row);
        String good = "{\"x\":" + Math.floorMod(row * 37, 100) + ",\"y\":" + row % 13 + "}";
        byte[] value = bytes(fault == null ? good : fault.value.apply(row));
        byte[] key = fault == Fault.NO_KEY ? null : bytes("k" + row % 50);
        producer.send(
            new ProducerRecord<>(
                "in", 0, key, value, List.of(new RecordHeader("row", bytes("r" + row)))));
      }
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static void assertDeadLetter(
      ConsumerRecord<byte[], byte[]> letter, ConsumerRecord<byte[], byte[]> event)
      throws Exception {
    Fault fault = fault((int) event.offset());
    byte[] value = event.value();
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(value);
    assertThat(header(letter, DeadLetter.REASON)).contains(fault.reason);
    assertThat(header(letter, DeadLetter.TOPIC)).isEqualTo("in");
    assertThat(header(letter, DeadLetter.PARTITION)).isEqualTo("0");
    assertThat(header(letter, DeadLetter.OFFSET)).isEqualTo(String.valueOf(event.offset()));
    assertThat(header(letter, DeadLetter.TIMESTAMP)).isEqualTo(String.valueOf(event.timestamp()));
    assertThat(header(letter, DeadLetter.SIZE)).isEqualTo(String.valueOf(value.length));
    assertThat(header(letter, DeadLetter.SHA256)).isEqualTo(HexFormat.of().formatHex(hash));
    assertThat(header(letter, "row")).isEqualTo("r" + event.offset());
    assertThat(letter.key()).isEqualTo(event.key());
    assertThat(letter.value()).isEqualTo(Arrays.copyOf(value, Math.min(value.length, 64 * 1024)));
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }
}
