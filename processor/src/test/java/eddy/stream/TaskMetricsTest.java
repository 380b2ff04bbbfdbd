package eddy.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
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
    return shown(TaskMetrics.GROUP);
  }

  private Map<String, Double> shown(String group) {
    Map<String, Double> shown = new HashMap<>();
    for (Map.Entry<MetricName, ? extends Metric> entry : app.driver.metrics().entrySet()) {
      MetricName name = entry.getKey();
      if (name.group().equals(group)) {
        String model = name.tags().get("model");
        shown.put(
            name.name() + (model == null ? "" : " " + model),
            (Double) entry.getValue().metricValue());
      }
    }
    return shown;
  }

  @Test
  void metrics_ofATarget_areLossesOfWhatWasPublished() throws Exception {
    assertThat(shown(TaskMetrics.TARGETS)).containsEntry("labels-total", 0.0);
    assertThat(shown(TaskMetrics.TARGETS).get("skill")).isNaN();
    int events = 1100; // more than the window
    double[] losses = new double[events - 1];
    double[] persistence = new double[events - 1];
    double said = 0;
    for (int i = 0; i < events; i++) {
      int value = i % 7;
      send("in", "a", "{\"x\":" + value + "}");
      if (i > 0) {
        losses[i - 1] = Math.abs(said - value);
        persistence[i - 1] = Math.abs((i - 1) % 7 - value);
      }
      JsonNode published = new ObjectMapper().readTree(app.output("out").readValue());
      said = published.at("/predictions/x@+1/value").asDouble();
    }
    double eddy = Arrays.stream(losses, events - 1001, events - 1).average().orElseThrow();
    double other = Arrays.stream(persistence, events - 1001, events - 1).average().orElseThrow();

    Map<String, Double> shown = shown(TaskMetrics.TARGETS);

    assertThat(shown).containsOnlyKeys("labels-total", "loss eddy", "loss persistence", "skill");
    assertThat(shown).containsEntry("labels-total", events - 1.0);
    // records have the shortest decimals of floats
    assertThat(shown.get("loss eddy")).isCloseTo(eddy, within(1e-6));
    assertThat(shown.get("loss persistence")).isCloseTo(other, within(1e-12));
    assertThat(shown.get("skill")).isCloseTo(1 - eddy / other, within(1e-6));
    assertThat(shown.get("skill")).as("a saw-tooth is learned").isPositive();
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

    assertThat(shown().keySet())
        .isNotEmpty()
        .allSatisfy(name -> assertThat(table).contains("`" + name + "`"));
    assertThat(shown(TaskMetrics.TARGETS).keySet())
        .isNotEmpty()
        .allSatisfy(name -> assertThat(table).contains("| `" + name.split(" ")[0] + "` |"));
  }

  @Test
  void close_metrics_areGone() {
    app.close();
    closed = true;

    assertThat(shown()).isEmpty();
    assertThat(shown(TaskMetrics.TARGETS)).isEmpty();
  }
}
