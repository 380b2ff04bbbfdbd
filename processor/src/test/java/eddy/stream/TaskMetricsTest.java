package eddy.stream;

import static org.assertj.core.api.Assertions.assertThat;

import eddy.config.EddyConfig;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a task shows to whoever reads the metrics of Kafka Streams. */
class TaskMetricsTest {
  @TempDir Path directory;
  private TopologyTestDriver driver;
  private boolean closed;

  @BeforeEach
  void start() {
    Map<String, String> properties = new HashMap<>();
    properties.put("application.id", "app");
    properties.put("bootstrap.servers", "unused:9092");
    properties.put("state.dir", directory.toString());
    properties.put("eddy.input.topic", "in");
    properties.put("eddy.output.topic", "out");
    properties.put("eddy.dead.letter.topic", "dead");
    properties.put("eddy.control.topic", "control");
    properties.put("eddy.features", "x");
    properties.put("eddy.targets", "x@+1");
    properties.put("eddy.units", "4");
    EddyConfig config = EddyConfig.of(properties);
    driver = new TopologyTestDriver(EddyTopology.of(config).build(), config.streamsProperties());
  }

  @AfterEach
  void close() {
    if (!closed) {
      driver.close();
    }
  }

  private void send(String topic, String key, String value) {
    TestInputTopic<byte[], byte[]> input =
        driver.createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer());
    input.pipeInput(bytes(key), bytes(value));
  }

  private static byte[] bytes(String text) {
    return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
  }

  private Map<String, Double> shown() {
    Map<String, Double> shown = new HashMap<>();
    for (Map.Entry<MetricName, ? extends Metric> entry : driver.metrics().entrySet()) {
      if (entry.getKey().group().equals(TaskMetrics.GROUP)) {
        shown.put(entry.getKey().name(), (Double) entry.getValue().metricValue());
      }
    }
    return shown;
  }

  @Test
  void metrics_afterRecords_haveCountedThem() {
    send("in", "a", "{\"x\":1}");
    send("in", "b", "{\"x\":2}");
    send("in", "b", "{\"x\":[]}");
    send("control", null, "{\"command\":\"pause\"}");
    send("control", null, "{\"command\":\"learning-rate\",\"factor\":0.5}");

    assertThat(shown())
        .containsEntry("events-total", 2.0)
        .containsEntry("predictions-total", 2.0)
        .containsEntry("rejected-total", 1.0)
        .containsEntry("commands-total", 2.0)
        .containsEntry("paused", 1.0)
        .containsEntry("rate-factor", 0.5)
        .containsEntry("live-keys", 2.0)
        .containsEntry("label-coverage", 0.0);
  }

  @Test
  void metrics_eventsBetweenTwoLooks_giveARate() {
    assertThat(shown()).containsEntry("events-rate", 0.0);
    send("in", "a", "{\"x\":1}");

    assertThat(shown().get("events-rate")).isPositive();
  }

  @Test
  void docs_everyMetric_isInTheTable() throws Exception {
    String table = Files.readString(Path.of("..", "docs", "metrics.md"));

    assertThat(shown().keySet()).isNotEmpty().allSatisfy(name -> assertThat(table).contains(name));
  }

  @Test
  void close_metrics_areGone() {
    driver.close();
    closed = true;

    assertThat(shown()).isEmpty();
  }
}
