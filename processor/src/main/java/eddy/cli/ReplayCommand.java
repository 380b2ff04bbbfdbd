package eddy.cli;

import eddy.config.EddyConfig;
import eddy.report.Compared;
import eddy.report.ComparisonText;
import eddy.report.MetricsJson;
import eddy.report.PredictionsCsv;
import eddy.report.RepeatReport;
import eddy.report.RepeatedComparison;
import eddy.report.ScoreText;
import eddy.report.SweepReport;
import eddy.report.html.ReportPage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Evaluates a configuration on recorded events: test, then train, in arrival order. */
@Command(
    name = "replay",
    description = {
      "Learns from recorded events as a stream app would, test-then-train in arrival order, and"
          + " scores every prediction beside persistence. Writes predictions.csv, metrics.json and"
          + " report.html."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  A CSV file in which every storm is a sequence of its own:",
      "    eddy replay --config storms.properties --output out \\",
      "        --csv storms.csv.gz --key storm --time timestamp",
      "  JSON lines, key and time inside of an object:",
      "    eddy replay --config app.properties --output out \\",
      "        --jsonl events.jsonl.gz --key device.id --time meta.at",
      "  A text, one event a character (field char):",
      "    eddy replay --config text.properties --output out --text book.txt",
      "  Whether another configuration is better, on the same rows:",
      "    eddy replay --config storms.properties --compare wider.properties \\",
      "        --csv storms.csv.gz --key storm --time timestamp --output out",
      "  Which of some settings are best, and how much a seed matters:",
      "    eddy replay --config storms.properties --sweep eddy.units=8,16,32 \\",
      "        --csv storms.csv.gz --key storm --time timestamp --output out",
      "    eddy replay --config storms.properties --repeat 5 \\",
      "        --csv storms.csv.gz --key storm --time timestamp --output out",
      "  The input topic of a running app, which does not notice:",
      "    eddy replay --config app.properties --output out \\",
      "        --bootstrap-servers localhost:9092",
      "  What that app has published, derived anew and compared byte for byte:",
      "    eddy replay --config app.properties --bootstrap-servers localhost:9092 --verify",
      "",
      "Of a topic, partitions are replayed one after another, each with weights of its own, as the"
          + " tasks of an app have them. The state of every key stays in memory. Predictions that"
          + " still wait for their label at the end of the input are not scored.",
      "",
      "--verify needs the input from its first event on, or of an app with a ledger a full snapshot"
          + " that was taken since its first entry. Exit code 0: every prediction is equal; 3:"
          + " one differs, which is named. Neither the app nor its topics notice."
    })
final class ReplayCommand implements Callable<Integer> {
  @Spec private CommandSpec specification;

  @Mixin private ConfigurationOption configuration;

  @Mixin private InputOptions input;

  @Option(
      names = "--output",
      paramLabel = "DIR",
      description = "Folder of the results; made where it is missing.")
  private Path output;

  @Mixin private EvaluationOptions evaluation;

  @Mixin private VariantOptions variants;

  @Option(
      names = "--verify",
      description =
          "Score nothing: derive every prediction in eddy.output.topic anew and compare it.")
  private boolean verify;

  @Mixin private JsonOption json;

  @Override
  public Integer call() throws IOException {
    requireFittingOptions();
    ClientLog.errorsOnly();
    EddyConfig config = configuration.load(variants.settings());
    if (verify) {
      return new TopicVerification(specification.commandLine(), json)
          .run(config, input.bootstrapServers(), Evaluation.heapBytes());
    }
    if (variants.repeat() > 0 && !variants.others().isEmpty()) {
      try (Progress progress = Progress.of("compare")) {
        RepeatedComparison report =
            new Repeating(configuration, variants)
                .compare(input, evaluation, output, progress::update);
        tell(report::json, report::text, RepeatedComparison.NAME);
      }
      return CommandLine.ExitCode.OK;
    }
    if (variants.repeat() > 0) {
      try (Progress progress = Progress.of("repeat")) {
        RepeatReport report =
            new Repeating(configuration, variants).run(input, evaluation, output, progress::update);
        tell(report::json, report::text, RepeatReport.NAME);
      }
      return CommandLine.ExitCode.OK;
    }
    if (!variants.sweeps().isEmpty()) {
      try (Progress progress = Progress.of("sweep")) {
        SweepReport report =
            new Sweeping(configuration, variants).run(input, evaluation, output, progress::update);
        tell(report::json, report::text, SweepReport.NAME);
      }
      return CommandLine.ExitCode.OK;
    }
    try (Progress progress = Progress.of("replay")) {
      if (variants.others().isEmpty()) {
        Evaluation one = new Evaluation(config, input, evaluation, output);
        Evaluation.Result result = one.progress(progress::update).run();
        tell(result, config, List.of(), result.write(output, List.of()));
      } else {
        Comparing.Result result =
            Comparing.of(configuration, variants.others(), variants.settings(), input, output)
                .run(input, evaluation, progress::update);
        tell(result.base(), config, result.comparisons(), result.metrics());
      }
    }
    return CommandLine.ExitCode.OK;
  }

  private void requireFittingOptions() {
    input.requireFitting();
    evaluation.requireFitting(input.isTopic());
    variants.requireFitting(verify);
    if (verify) {
      requireVerifiable();
    } else if (output == null) {
      throw wrong("--output is missing; name a folder for the results");
    }
  }

  private void requireVerifiable() {
    if (!input.isTopic()) {
      throw wrong("--verify goes with --bootstrap-servers only; name the app's Kafka");
    }
    Map<String, Object> parts = new LinkedHashMap<>();
    parts.put("--output", output);
    parts.putAll(input.range().given());
    parts.put("--limit", evaluation.isLimited() ? evaluation.limit() : null);
    parts.forEach(
        (option, value) -> {
          if (value != null) {
            throw wrong(option + " does not go with --verify, which compares all; remove it");
          }
        });
  }

  private ParameterException wrong(String problem) {
    return new ParameterException(specification.commandLine(), problem);
  }

  private void tell(Supplier<String> document, Supplier<String> text, String file) {
    json.tell(
        document,
        () ->
            json.paint().report(text.get())
                + "\nwritten: "
                + output.resolve(file)
                + ", and a folder for each run beside it");
  }

  private void tell(
      Evaluation.Result result, EddyConfig config, List<Compared> comparisons, String metrics) {
    json.tell(() -> metrics, () -> text(result, config, comparisons));
    EvaluationText.rejections(result.summary(), specification.commandLine().getErr());
  }

  private String text(Evaluation.Result result, EddyConfig config, List<Compared> comparisons) {
    List<String> parts = new ArrayList<>();
    parts.add(json.paint().scores(ScoreText.of(result.scores())));
    parts.add(EvaluationText.cost(result.summary(), result.scores().scored()));
    if (config.learnerSpec().drift().looks()) {
      parts.add(EvaluationText.drift(result.scores()));
    }
    if (input.hasLabels()) {
      parts.add(EvaluationText.labels(result.summary()));
    }
    if (!comparisons.isEmpty()) {
      parts.add("");
      parts.add(json.paint().report(ComparisonText.of(comparisons)));
    }
    parts.add("written: " + output.resolve(PredictionsCsv.NAME));
    parts.add("         " + output.resolve(MetricsJson.NAME));
    parts.add("         " + output.resolve(ReportPage.NAME));
    comparisons.forEach(other -> parts.add("         " + output.resolve(other.name())));
    return String.join(System.lineSeparator(), parts);
  }
}
