package eddy.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.Metrics;
import org.junit.jupiter.api.Test;

class PrometheusTextTest {
  @Test
  void text_metricsOfKafka_haveTheirNamesInBaseUnits() {
    try (Metrics metrics = new Metrics()) {
      Map<String, String> tags = Map.of("task-id", "0_1", "odd", "a\"b\\c\nd");
      gauge(metrics, new MetricName("events-total", "eddy-task-metrics", "Events.", tags), 1e6);
      gauge(metrics, new MetricName("io-time-ns-avg", "consumer-metrics", "", Map.of()), 2500);
      gauge(metrics, new MetricName("label-lag-ms-total", "eddy-task-metrics", "Lag", tags), 1500);
      gauge(metrics, new MetricName("connection-count", "x-metrics", "N", Map.of()), 3);
      gauge(metrics, new MetricName("nothing", "x-metrics", "N", Map.of()), Double.NaN);
      PrometheusText text = new PrometheusText();
      text.add(metrics.metrics());

      String labels = "{odd=\"a\\\"b\\\\c\\nd\",task_id=\"0_1\"}";
      assertThat(text.text())
          .contains(
              "# HELP eddy_task_events_total Events.\n"
                  + "# TYPE eddy_task_events_total counter\n"
                  + "eddy_task_events_total"
                  + labels
                  + " 1000000\n")
          .contains("# TYPE kafka_consumer_io_time_seconds_avg gauge\n")
          .contains("kafka_consumer_io_time_seconds_avg 2.5E-6\n")
          .contains("eddy_task_label_lag_seconds_total" + labels + " 1.5\n")
          .contains("kafka_x_connection_number 3\n")
          .doesNotContain("nothing");
    }
  }

  private static void gauge(Metrics metrics, MetricName name, double value) {
    metrics.addMetric(name, (config, now) -> value);
  }
}
