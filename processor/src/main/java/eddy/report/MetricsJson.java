package eddy.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import eddy.metric.Memory;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The file {@code metrics.json}: counts and costs of a run, and the scores of every target.
 *
 * <p>A score that is undefined or infinite is null. What each field means: docs/metrics.md.
 */
public final class MetricsJson {
  public static final String NAME = "metrics.json";

  private static final JsonFactory JSON = new JsonFactory();

  private MetricsJson() {}

  /**
   * Writes the file; it is seen in the folder when it is complete, not before.
   *
   * @param folder made where it is missing
   * @param content as {@link #text} gives it
   */
  public static void write(Path folder, String content) throws IOException {
    try (OutputFile file = OutputFile.in(folder, NAME)) {
      file.writer().write(content);
      file.complete();
    }
  }

  /** The content of the file, ended by a line feed. */
  public static String text(RunSummary run, Scores scores) {
    return text(run, scores, List.of());
  }

  /** The same with other configurations held against the one that was run. */
  public static String text(RunSummary run, Scores scores, List<Compared> comparisons) {
    StringWriter text = new StringWriter();
    try {
      write(text, run, scores, comparisons);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static void write(Writer out, RunSummary run, Scores scores, List<Compared> comparisons)
      throws IOException {
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      DefaultIndenter indent = new DefaultIndenter("  ", "\n"); // the same on every system
      json.setPrettyPrinter(new DefaultPrettyPrinter().withObjectIndenter(indent));
      json.writeStartObject();
      counts(json, run, scores);
      if (run.cost().isPresent()) {
        cost(json, run.cost().get());
      }
      json.writeNumberField("window", Memory.NEWEST);
      JsonNumber.field(json, "fading", Memory.FACTOR);
      json.writeObjectFieldStart("targets");
      for (int i = 0; i < scores.targets().size(); i++) {
        TargetJson.write(json, scores, i);
      }
      json.writeEndObject();
      HorizonJson.write(json, scores);
      SurprisingJson.write(json, scores.surprising());
      DriftJson.write(json, scores);
      if (!comparisons.isEmpty()) {
        ComparisonJson.write(json, comparisons);
      }
      json.writeEndObject();
      json.writeRaw('\n');
    }
  }

  private static void counts(JsonGenerator json, RunSummary run, Scores scores) throws IOException {
    json.writeNumberField("events", run.events());
    json.writeNumberField("rejected", run.rejected());
    json.writeNumberField("predictions", run.predictions());
    json.writeNumberField("scored", scores.scored());
    JsonNumber.field(json, "label_coverage", run.labelCoverage(scores.scored()));
    json.writeNumberField("unlabelled", run.unlabelled());
    JsonNumber.field(json, "seconds", run.seconds());
    JsonNumber.field(json, "events_per_second", run.eventsPerSecond());
    json.writeNumberField("bytes_per_key", run.bytesPerKey());
    json.writeNumberField("parameters", run.parameters());
    json.writeStringField("learner", run.learner());
  }

  private static void cost(JsonGenerator json, RunCost cost) throws IOException {
    json.writeObjectFieldStart("latency_us");
    json.writeNumberField("n", cost.latency().count());
    JsonNumber.field(json, "p50", cost.latency().p50());
    JsonNumber.field(json, "p99", cost.latency().p99());
    JsonNumber.field(json, "p99_9", cost.latency().p999());
    JsonNumber.field(json, "max", cost.latency().max());
    json.writeEndObject();
    JsonNumber.field(json, "reading_share", cost.readingShare());
    json.writeObjectFieldStart("state");
    json.writeNumberField("keys", cost.keys());
    json.writeNumberField("key_bytes", cost.keyBytes());
    json.writeNumberField("weight_sets", cost.weightSets());
    json.writeNumberField("weights_bytes", cost.weightsBytes());
    json.writeNumberField("weights_bytes_computed", cost.mostWeightsBytes());
    json.writeNumberField("bytes", cost.stateBytes());
    json.writeEndObject();
    json.writeObjectFieldStart("learners");
    for (Map.Entry<String, Long> learner : cost.learners().entrySet()) {
      json.writeNumberField(learner.getKey(), learner.getValue());
    }
    json.writeEndObject();
    json.writeNumberField("fallbacks", cost.fallbacks());
  }
}
