package eddy.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a task shows to whoever reads the metrics of Kafka Streams. */
class TaskMetricsTest {
  @TempDir Path directory;
  private DrivenTopology app;
  private boolean closed;

  @BeforeEach
  void start() {
    Map<String, String> properties = DrivenTopology.properties(directory);
    properties.put("eddy.control.topic", "control");
    app = DrivenTopology.of(properties);
  }

  @AfterEach
  void close() {
    if (!closed) {
      app.close();
    }
  }

  private void send(String topic, String key, String value) {
    app.send(topic, DrivenTopology.bytes(key), value, new RecordHeaders());
  }

  private Map<String, Double> shown() {
    Map<String, Double> shown = new HashMap<>();
    for (Map.Entry<MetricName, ? extends Metric> entry : app.driver.metrics().entrySet()) {
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
    app.close();
    closed = true;

    assertThat(shown()).isEmpty();
  }
}
