package eddy.web;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;

/**
 * Metrics of Kafka in the text format of Prometheus: group and name as in JMX, with underscores,
 * {@code kafka_} before groups that are not Eddy's, times in seconds. What ends in {@code -total}
 * is a counter, all else a gauge; what has no number now is left out.
 */
final class PrometheusText {
  static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private static final Pattern UNIT = Pattern.compile("_(ms|ns)(?=_|$)");

  private final Map<String, Family> families = new TreeMap<>();

  private static final class Family {
    final String help;
    final Map<String, Double> values = new LinkedHashMap<>();

    Family(String help) {
      this.help = help;
    }
  }

  /** Adds all that are numbers. */
  void add(Map<MetricName, ? extends Metric> metrics) {
    metrics.forEach(
        (name, metric) -> {
          if (metric.metricValue() instanceof Number number) {
            add(name, number.doubleValue());
          }
        });
  }

  private void add(MetricName name, double value) {
    String group = underscored(name.group().replaceAll("-metrics$", ""));
    String plain =
        (group.startsWith("eddy") ? group : "kafka_" + group) + "_" + underscored(name.name());
    double factor = 1;
    Matcher unit = UNIT.matcher(plain);
    if (unit.find()) {
      factor = unit.group(1).equals("ms") ? 1e-3 : 1e-9;
      plain = unit.replaceFirst("_seconds");
    }
    // these endings belong to histograms and summaries
    String family = plain.replaceAll("_count$", "_number").replaceAll("_sum$", "_whole");
    add(family, name.description(), name.tags(), value * factor);
  }

  /** Adds a value of a family; the first one has the family's help. */
  void add(String family, String help, Map<String, String> labels, double value) {
    if (Double.isNaN(value)) {
      return;
    }
    String text = help == null || help.isBlank() ? "See the documentation of Kafka." : help;
    families
        .computeIfAbsent(family, name -> new Family(text))
        .values
        .putIfAbsent(labels(labels), value);
  }

  private static String underscored(String name) {
    return name.replaceAll("[^a-zA-Z0-9_]", "_");
  }

  private static String labels(Map<String, String> labels) {
    if (labels.isEmpty()) {
      return "";
    }
    StringBuilder text = new StringBuilder("{");
    new TreeMap<>(labels)
        .forEach(
            (name, value) ->
                text.append(text.length() > 1 ? "," : "")
                    .append(underscored(name))
                    .append("=\"")
                    .append(escaped(value).replace("\"", "\\\""))
                    .append('"'));
    return text.append('}').toString();
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("\n", "\\n");
  }

  /** All of it. */
  String text() {
    StringBuilder text = new StringBuilder();
    families.forEach(
        (name, family) -> {
          text.append("# HELP ").append(name).append(' ').append(escaped(family.help)).append('\n');
          text.append("# TYPE ")
              .append(name)
              .append(name.endsWith("_total") ? " counter\n" : " gauge\n");
          family.values.forEach(
              (labels, value) ->
                  text.append(name).append(labels).append(' ').append(number(value)).append('\n'));
        });
    return text.toString();
  }

  private static String number(double value) {
    if (Double.isInfinite(value)) {
      return value > 0 ? "+Inf" : "-Inf";
    }
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
