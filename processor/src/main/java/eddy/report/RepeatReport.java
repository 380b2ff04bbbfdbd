package eddy.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eddy.compare.Figures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;

/**
 * How much every metric of one configuration differs between seeds: mean, least, greatest, and half
 * of what lies between.
 *
 * @param runs one for each seed
 */
public record RepeatReport(List<Run> runs) {
  public static final String NAME = "repeat.json";

  private static final int DIGITS = 5;

  private static final ObjectMapper JSON = new ObjectMapper();

  public RepeatReport {
    runs = List.copyOf(runs);
    if (runs.isEmpty()) {
      throw new IllegalArgumentException("a spread needs at least one run");
    }
  }

  /** What one seed gave. */
  public record Run(long seed, RunSummary summary, Scores scores) {}

  /** One metric over the seeds; null where one of them has none. */
  private record Spread(double mean, double least, double greatest) {
    double halfRange() {
      return (greatest - least) / 2;
    }
  }

  /** Writes the file; it is seen in the folder when it is complete, not before. */
  public void write(Path folder) throws IOException {
    try (OutputFile file = OutputFile.in(folder, NAME)) {
      file.writer().write(json());
      file.complete();
    }
  }

  /** The content of the file, ended by a line feed: the fields of metrics.json, each a spread. */
  public String json() {
    List<JsonNode> metrics = metrics();
    ObjectNode root = JSON.createObjectNode();
    ArrayNode seeds = root.putArray("seeds");
    runs.forEach(run -> seeds.add(run.seed()));
    root.set("targets", merged(at(metrics, "targets")));
    root.set("events_per_second", merged(at(metrics, "events_per_second")));
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A table of what was published, with its skill. */
  public String text() {
    List<String[]> rows = new ArrayList<>();
    List<JsonNode> targets = at(metrics(), "targets");
    for (Iterator<String> names = targets.get(0).fieldNames(); names.hasNext(); ) {
      String target = names.next();
      List<JsonNode> each = at(targets, target);
      append(rows, target, "", at(at(each, "models"), TargetScores.EDDY));
      append(rows, target, "skill against ", at(each, "skill"));
    }
    StringBuilder text = new StringBuilder();
    TextTable.append(text, rows, "target", "metric", "mean", "least", "greatest", "half range");
    text.append(String.format(Locale.ROOT, "%d seeds: ", runs.size()));
    text.append(String.join(", ", runs.stream().map(run -> Long.toString(run.seed())).toList()));
    return text.append('\n').toString();
  }

  private static void append(
      List<String[]> rows, String target, String prefix, List<JsonNode> metrics) {
    for (Iterator<String> names = metrics.get(0).fieldNames(); names.hasNext(); ) {
      String name = names.next();
      Spread spread = spread(at(metrics, name));
      if (!name.equals("n") && spread != null) {
        rows.add(
            new String[] {
              target,
              prefix + name,
              digits(spread.mean()),
              digits(spread.least()),
              digits(spread.greatest()),
              digits(spread.halfRange())
            });
      }
    }
  }

  private static String digits(double value) {
    return Figures.of(value, DIGITS);
  }

  private List<JsonNode> metrics() {
    List<JsonNode> metrics = new ArrayList<>();
    for (Run run : runs) {
      try {
        metrics.add(JSON.readTree(MetricsJson.text(run.summary(), run.scores())));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return metrics;
  }

  private static List<JsonNode> at(List<JsonNode> nodes, String field) {
    return nodes.stream().map(node -> node.path(field)).toList();
  }

  /** The same tree without lists, with a spread for every number in it. */
  private static JsonNode merged(List<JsonNode> nodes) {
    JsonNode first = nodes.get(0);
    if (!first.isObject()) {
      Spread spread = spread(nodes);
      if (spread == null) {
        return JSON.nullNode();
      }
      ObjectNode node = JSON.createObjectNode();
      node.put("mean", spread.mean());
      node.put("min", spread.least());
      node.put("max", spread.greatest());
      node.put("half_range", spread.halfRange());
      node.putArray("values").addAll(nodes);
      return node;
    }
    ObjectNode merged = JSON.createObjectNode();
    for (Iterator<String> names = first.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!first.get(name).isArray()) {
        merged.set(name, merged(at(nodes, name)));
      }
    }
    return merged;
  }

  private static Spread spread(List<JsonNode> nodes) {
    double sum = 0;
    double least = Double.POSITIVE_INFINITY;
    double greatest = Double.NEGATIVE_INFINITY;
    for (JsonNode node : nodes) {
      if (!node.isNumber()) {
        return null;
      }
      sum += node.asDouble();
      least = Math.min(least, node.asDouble());
      greatest = Math.max(greatest, node.asDouble());
    }
    return new Spread(sum / nodes.size(), least, greatest);
  }
}
