package eddy.web;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;

/** How many records the app has still to read, by the consumers' own metrics. */
final class Lags {
  private final Map<String, Double> byPartition = new HashMap<>();

  private Lags() {}

  static Lags of(Map<MetricName, ? extends Metric> metrics) {
    Lags lags = new Lags();
    metrics.forEach(
        (name, metric) -> {
          // consumers that restore stores have a lag of their own
          String client = name.tags().getOrDefault("client-id", "");
          if (name.name().equals("records-lag")
              && name.tags().containsKey("partition")
              && !client.contains("restore-consumer")
              && metric.metricValue() instanceof Double lag
              && !lag.isNaN()) {
            lags.byPartition.put(key(name.tags().get("topic"), name.tags().get("partition")), lag);
          }
        });
    return lags;
  }

  // Kafka writes dots of topics as underscores in tags
  private static String key(String topic, String partition) {
    return topic.replace('.', '_') + " " + partition;
  }

  /** Records of a partition; NaN where nothing is known of it. */
  double of(String topic, int partition) {
    return byPartition.getOrDefault(key(topic, Integer.toString(partition)), Double.NaN);
  }

  /** Records of all partitions that are read here; NaN where nothing is known of any. */
  double all() {
    return byPartition.isEmpty()
        ? Double.NaN
        : byPartition.values().stream().mapToDouble(Double::doubleValue).sum();
  }
}
