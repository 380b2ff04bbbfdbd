package eddy.stream;

import static org.assertj.core.api.Assertions.assertThat;

import eddy.broker.BrokerSettings;
import eddy.broker.EmbeddedBroker;
import eddy.config.EddyConfig;
import eddy.event.DeadLetter;
import eddy.testing.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.streams.KafkaStreams;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One who sends whatever is too much: the app stays up, and learns as if it had not been sent. */
class ResourceLimitsIT {
  private static final long TIME = 1_700_000_000_000L;
  private static final int LARGEST = 6 << 20;
  private static final int USUAL = 40;
  private static final int CLASSES = 2000;
  private static final int KEYS = 5000;
  private static final int HEAP = 1 << 20;

  @TempDir Path directory;

  /** An event, and the words of the reason why it must be a dead letter; none where it is none. */
  private record Sent(String key, String value, String... reason) {}

  private static String event(String x, String kind, String more) {
    return "{\"x\":" + x + ",\"kind\":\"" + kind + "\"" + more + "}";
  }

  private static Sent usual(int row) {
    return new Sent("usual", event(String.valueOf(row % 7), "a", ""));
  }

  private static String fields(int count) {
    StringBuilder fields = new StringBuilder();
    for (int i = 0; i < count; i++) {
      fields.append(",\"f").append(i).append("\":").append(i);
    }
    return fields.toString();
  }

  private static String nested(int depth) {
    return "[".repeat(depth) + "]".repeat(depth);
  }

  private static List<Sent> extremes() {
    String deep = "{\"lat\":".repeat(3000) + "1" + "}".repeat(3000);
    String digits = "7".repeat(100_000);
    return List.of(
        new Sent("fields", event("1", "a", fields(60_000))),
        new Sent(
            "fields",
            event("1", "a", fields(100_000)),
            "expected at most 1048576 bytes, got ",
            "raise eddy.event.max.bytes"),
        new Sent("deep", event("1", "a", ",\"more\":" + nested(200))),
        new Sent("deep", event("1", "a", ",\"more\":" + nested(50_000)), "(257)", "256", "flatter"),
        new Sent("deep", event("1", "a", ",\"place\":" + deep), "(257)", "256", "flatter"),
        new Sent("long", event("1", "a", ",\"more\":\"" + "z".repeat(900_000) + "\"")),
        new Sent(
            "long",
            event("1", "z".repeat(900_000), ""),
            "field kind: expected a class of at most 256 characters, got one of 900000"),
        new Sent(
            "long",
            event("1", "a", ",\"" + "n".repeat(900_000) + "\":1"),
            "exceeds the maximum allowed (50000",
            "shorter"),
        new Sent(
            "number",
            event(digits, "a", ""),
            "field x: expected a number, got one of 100000 characters"),
        new Sent("number", event("1e400", "a", ""), "between -3.4028235E38 and 3.4028235E38"),
        new Sent("number", event("1", "a", ",\"more\":" + digits)),
        new Sent(
            "k".repeat(1_000_000),
            event("1", "a", ""),
            "expected a key of at most 16384 bytes, got 1000000",
            "shorter"),
        new Sent("k".repeat(16_384), event("1", "a", "")));
  }

  private static List<Sent> all() {
    List<Sent> all = new ArrayList<>();
    for (int i = 0; i < USUAL; i++) {
      all.add(usual(i));
    }
    for (Sent extreme : extremes()) {
      all.add(extreme);
      all.add(usual(all.size()));
    }
    for (int i = 0; i < CLASSES; i++) {
      all.add(new Sent("classes", event("1", "class-" + i, "")));
    }
    for (int i = 0; i < KEYS; i++) {
      all.add(new Sent("key-" + i, event(String.valueOf(i % 5), "a", "")));
    }
    for (int i = 0; i < USUAL; i++) {
      all.add(usual(i));
    }
    return all;
  }

  private EddyConfig config(String servers) {
    return EddyConfig.of(
        Map.ofEntries(
            Map.entry("application.id", "app"),
            Map.entry("bootstrap.servers", servers),
            Map.entry("state.dir", directory.toString()),
            Map.entry("eddy.input.topic", "in"),
            Map.entry("eddy.output.topic", "out"),
            Map.entry("eddy.dead.letter.topic", "dead"),
            Map.entry("eddy.features", "x,place.lat?,kind:category(8)"),
            Map.entry("eddy.targets", "x@+1,kind:category(8)@+1"),
            Map.entry("eddy.panel", "single"),
            Map.entry("eddy.units", "4"),
            Map.entry("eddy.heap.bytes", String.valueOf(HEAP))));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static double metric(EddyApp app, String name) {
    return app.metrics().entrySet().stream()
        .filter(
            metric ->
                metric.getKey().group().equals(TaskMetrics.GROUP)
                    && metric.getKey().name().equals(name))
        .mapToDouble(metric -> ((Number) metric.getValue().metricValue()).doubleValue())
        .sum();
  }

  @Test
  void events_withTooMuchOfAnything_arePredictedOrDeadLettersAndChangeNothingElse()
      throws Exception {
    List<Sent> all = all();
    List<Sent> refused = all.stream().filter(sent -> sent.reason().length > 0).toList();
    List<Sent> taken = all.stream().filter(sent -> sent.reason().length == 0).toList();
    try (EmbeddedBroker broker =
        EmbeddedBroker.startTemporary(
            BrokerSettings.defaults().with("message.max.bytes", LARGEST))) {
      String servers = broker.bootstrapServers();
      broker.createTopic(
          "in", 1, Map.of("max.message.bytes", String.valueOf(LARGEST), "retention.ms", "-1"));
      broker.createTopic("out", 1, Map.of("retention.ms", "-1"));
      broker.createTopic("dead", 1, Map.of("retention.ms", "-1"));
      try (Producer<byte[], byte[]> producer = Topics.producer(servers)) {
        for (Sent sent : all) {
          producer.send(
              new ProducerRecord<>("in", 0, TIME, bytes(sent.key()), bytes(sent.value())));
        }
      }
      EddyConfig config = config(servers);
      try (EddyApp app = EddyApp.of(config)) {
        app.start();
        List<ConsumerRecord<byte[], byte[]>> predictions =
            Committed.read(servers, "out", 1, taken.size());
        List<ConsumerRecord<byte[], byte[]>> letters =
            Committed.read(servers, "dead", 1, refused.size());

        assertThat(app.state()).isEqualTo(KafkaStreams.State.RUNNING);
        assertThat(app.failure()).isEmpty();
        assertThat(metric(app, "live-bytes")).isPositive().isLessThanOrEqualTo(HEAP);
        assertThat(metric(app, "live-keys")).isLessThan(KEYS);
        assertThat(letters).hasSameSizeAs(refused);
        for (int i = 0; i < letters.size(); i++) {
          String reason =
              new String(
                  letters.get(i).headers().lastHeader(DeadLetter.REASON).value(),
                  StandardCharsets.UTF_8);
          assertThat(reason).contains(refused.get(i).reason());
          assertThat(reason.length()).isLessThan(1000);
        }
        requireLearned(config, all, predictions);
      }
    }
  }

  /** Every prediction is the one of a learner that was shown only what was taken. */
  private static void requireLearned(
      EddyConfig config, List<Sent> all, List<ConsumerRecord<byte[], byte[]>> predictions) {
    DirectLearner direct = new DirectLearner(config);
    IntFunction<ConsumerRecord<byte[], byte[]>> record =
        offset ->
            new ConsumerRecord<>(
                "in",
                0,
                offset,
                TIME,
                TimestampType.CREATE_TIME,
                0,
                0,
                bytes(all.get(offset).key()),
                bytes(all.get(offset).value()),
                new RecordHeaders(),
                Optional.empty());
    int next = 0;
    for (int offset = 0; offset < all.size(); offset++) {
      if (all.get(offset).reason().length == 0) {
        assertThat(predictions.get(next).value())
            .asString()
            .as("event %d", offset)
            .isEqualTo(new String(direct.predict(record.apply(offset)), StandardCharsets.UTF_8));
        next++;
      }
    }
    assertThat(predictions).hasSize(next);
  }
}
