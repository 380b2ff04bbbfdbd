package eddy.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import eddy.compare.Comparison;
import eddy.compare.Figures;
import eddy.compare.Loss;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Variants of a configuration, the best first: by the geometric mean over the targets of their loss
 * relative to the base's, log loss for classes and absolute error for numbers.
 *
 * @param base name of the variant that is the configuration as it is
 * @param ranked the variants, the base among them
 */
public record SweepReport(String base, List<Run> ranked) {
  public static final String NAME = "sweep.json";

  private static final int DIGITS = 5;

  public SweepReport {
    ranked = List.copyOf(ranked);
  }

  /**
   * What one variant gave.
   *
   * @param settings by key, in which it differs from the base
   * @param summary counts and costs
   * @param compared against the base
   */
  public record Run(Map<String, String> settings, RunSummary summary, Compared compared) {
    /** Geometric mean of the losses relative to the base's: 1 for the base, less is better. */
    public double ratio() {
      double sum = 0;
      int targets = 0;
      for (Comparison comparison : decisive()) {
        // two perfect ones are equal
        double ratio =
            comparison.mean() == comparison.baseMean()
                ? 1
                : comparison.mean() / comparison.baseMean();
        sum += StrictMath.log(ratio);
        targets++;
      }
      return StrictMath.exp(sum / targets);
    }

    private List<Comparison> decisive() {
      return compared.comparisons().stream().filter(each -> each.loss() != Loss.ERROR).toList();
    }
  }

  /** Ranks variants; where two are equal, the first stays first. */
  public static SweepReport of(String base, List<Run> runs) {
    List<Run> ranked = new ArrayList<>(runs);
    // NaN, of nothing scored, is greater than all
    ranked.sort(Comparator.comparingDouble(Run::ratio));
    return new SweepReport(base, ranked);
  }

  /** Writes the file; it is seen in the folder when it is complete, not before. */
  public void write(Path folder) throws IOException {
    try (OutputFile file = OutputFile.in(folder, NAME)) {
      file.writer().write(json());
      file.complete();
    }
  }

  /** A table, and what is to be said of the best. */
  public String text() {
    List<String> head = new ArrayList<>(List.of("variant", "loss to " + base));
    ranked.get(0).decisive().forEach(each -> head.add(each.target() + " (" + unit(each) + ")"));
    head.addAll(List.of("events/s", "bytes per key"));
    List<String[]> rows = new ArrayList<>();
    for (Run run : ranked) {
      List<String> row = new ArrayList<>();
      row.add(run.compared().name());
      row.add(run.compared().name().equals(base) ? "base" : percent(run.ratio() - 1));
      for (Comparison each : run.decisive()) {
        String verdict = run.compared().name().equals(base) ? "" : " " + each.verdict().words();
        row.add(Figures.of(each.mean(), DIGITS) + verdict);
      }
      row.add(String.format(Locale.ROOT, "%,.0f", run.summary().eventsPerSecond()));
      row.add(String.format(Locale.ROOT, "%,d", run.summary().bytesPerKey()));
      rows.add(row.toArray(String[]::new));
    }
    StringBuilder text = new StringBuilder();
    TextTable.append(text, rows, head.toArray(String[]::new));
    text.append('\n');
    Run best = ranked.get(0);
    if (best.compared().name().equals(base)) {
      text.append("none has less loss than ").append(base).append(".\n");
      return text.toString();
    }
    for (Comparison each : best.decisive()) {
      text.append(each.sentence(best.compared().name(), base)).append(".\n");
    }
    return text.append("The best of ")
        .append(ranked.size())
        .append(" looks better than it is: hold it against ")
        .append(base)
        .append(" with --compare on events that did not choose it.\n")
        .toString();
  }

  private static String unit(Comparison comparison) {
    return comparison.loss() == Loss.LOG_LOSS_BITS ? "bits" : "MAE";
  }

  private static String percent(double share) {
    return Double.isFinite(share) ? String.format(Locale.ROOT, "%+.2f%%", 100 * share) : "-";
  }

  /** The content of the file, ended by a line feed. */
  public String json() {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      DefaultIndenter indent = new DefaultIndenter("  ", "\n"); // the same on every system
      json.setPrettyPrinter(new DefaultPrettyPrinter().withObjectIndenter(indent));
      json.writeStartObject();
      json.writeStringField("base", base);
      json.writeArrayFieldStart("ranked");
      for (Run run : ranked) {
        json.writeStartObject();
        json.writeStringField("name", run.compared().name());
        json.writeObjectFieldStart("settings");
        for (Map.Entry<String, String> setting : run.settings().entrySet()) {
          json.writeStringField(setting.getKey(), setting.getValue());
        }
        json.writeEndObject();
        JsonNumber.field(json, "loss_ratio", run.ratio());
        JsonNumber.field(json, "events_per_second", run.summary().eventsPerSecond());
        json.writeNumberField("bytes_per_key", run.summary().bytesPerKey());
        json.writeNumberField("parameters", run.summary().parameters());
        json.writeArrayFieldStart("targets");
        for (Comparison comparison : run.compared().comparisons()) {
          ComparisonJson.write(json, run.compared(), comparison);
        }
        json.writeEndArray();
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
      json.writeRaw('\n');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }
}
