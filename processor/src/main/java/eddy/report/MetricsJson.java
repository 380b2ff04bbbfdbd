package eddy.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import eddy.event.ShortestDecimal;
import eddy.metric.ClassificationScore;
import eddy.metric.RegressionScore;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;

/**
 * The file {@code metrics.json}: counts and costs of a run, and the scores of every target.
 *
 * <p>A score that is undefined or infinite is null.
 */
public final class MetricsJson {
  public static final String NAME = "metrics.json";

  private static final JsonFactory JSON = new JsonFactory();

  private MetricsJson() {}

  /**
   * Writes the file; it is seen in the folder when it is complete, not before.
   *
   * @param folder made where it is missing
   */
  public static void write(Path folder, RunSummary run, Scoreboard board) throws IOException {
    write(folder, run, board, List.of());
  }

  /** The same with other configurations held against the one that was run. */
  public static void write(
      Path folder, RunSummary run, Scoreboard board, List<Compared> comparisons)
      throws IOException {
    try (OutputFile file = OutputFile.in(folder, NAME)) {
      write(file.writer(), run, board, comparisons);
      file.complete();
    }
  }

  /** The content of the file, ended by a line feed. */
  public static String text(RunSummary run, Scoreboard board) {
    return text(run, board, List.of());
  }

  /** The same with other configurations held against the one that was run. */
  public static String text(RunSummary run, Scoreboard board, List<Compared> comparisons) {
    StringWriter text = new StringWriter();
    try {
      write(text, run, board, comparisons);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static void write(
      Writer out, RunSummary run, Scoreboard board, List<Compared> comparisons) throws IOException {
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      DefaultIndenter indent = new DefaultIndenter("  ", "\n"); // the same on every system
      json.setPrettyPrinter(new DefaultPrettyPrinter().withObjectIndenter(indent));
      json.writeStartObject();
      json.writeNumberField("events", run.events());
      json.writeNumberField("rejected", run.rejected());
      json.writeNumberField("scored", board.scored());
      json.writeNumberField("unlabelled", run.unlabelled());
      number(json, "seconds", run.seconds());
      number(json, "events_per_second", run.eventsPerSecond());
      json.writeNumberField("bytes_per_key", run.bytesPerKey());
      json.writeNumberField("parameters", run.parameters());
      json.writeStringField("learner", run.learner());
      json.writeObjectFieldStart("targets");
      for (TargetScores target : board.targets()) {
        json.writeObjectFieldStart(target.target());
        json.writeObjectFieldStart("models");
        for (String model : target.models()) {
          json.writeObjectFieldStart(model);
          model(json, target, model);
          json.writeEndObject();
        }
        json.writeEndObject();
        json.writeObjectFieldStart("skill");
        for (String baseline : target.baselines()) {
          number(json, baseline, target.skill(baseline));
        }
        json.writeEndObject();
        json.writeEndObject();
      }
      json.writeEndObject();
      if (!comparisons.isEmpty()) {
        ComparisonJson.write(json, comparisons);
      }
      json.writeEndObject();
      json.writeRaw('\n');
    }
  }

  private static void model(JsonGenerator json, TargetScores target, String model)
      throws IOException {
    if (target instanceof NumberScores number) {
      errors(json, number.of(model));
      if (model.equals(TargetScores.MODEL)) {
        uncertainty(json, number);
      }
    } else if (target instanceof ClassScores symbol) {
      errors(json, symbol.of(model));
    }
  }

  private static void errors(JsonGenerator json, RegressionScore score) throws IOException {
    json.writeNumberField("n", score.count());
    number(json, "mae", score.mae());
    number(json, "rmse", score.rmse());
    number(json, "wape", score.wape());
  }

  private static void errors(JsonGenerator json, ClassificationScore score) throws IOException {
    json.writeNumberField("n", score.count());
    number(json, "accuracy", score.accuracy());
    number(json, "log_loss_bits", score.logLossBits());
    number(json, "kappa_temporal", score.kappaTemporal());
  }

  /** What the learner said of its own uncertainty stands with its errors. */
  private static void uncertainty(JsonGenerator json, NumberScores scores) throws IOException {
    if (scores.quantiles().count() > 0) {
      number(json, "pinball", scores.quantiles().pinball());
      number(json, "coverage", scores.quantiles().coverage());
      number(json, "nominal_coverage", scores.quantiles().nominalCoverage());
    }
    if (scores.likelihood().count() > 0) {
      number(json, "negative_log_likelihood", scores.likelihood().negativeLogLikelihood());
    }
  }

  private static void number(JsonGenerator json, String name, double value) throws IOException {
    json.writeFieldName(name);
    if (Double.isFinite(value)) {
      json.writeRawValue(ShortestDecimal.text(value));
    } else {
      json.writeNull();
    }
  }
}
