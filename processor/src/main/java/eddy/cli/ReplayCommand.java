package eddy.cli;

import eddy.config.EddyConfig;
import eddy.report.MetricsJson;
import eddy.report.PredictionsCsv;
import eddy.report.ScoreTable;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
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
          + " scores every prediction beside persistence. Writes predictions.csv and metrics.json."
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

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Seed of the initial weights, in place of eddy.seed.")
  private Long seed;

  @Option(
      names = "--verify",
      description =
          "Score nothing: derive every prediction in eddy.output.topic anew and compare it.")
  private boolean verify;

  @Option(names = "--json", description = "Print JSON on standard output in place of the table.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    requireFittingOptions();
    ClientLog.errorsOnly();
    Map<String, String> environment = new HashMap<>(System.getenv());
    if (seed != null) {
      environment.put("EDDY_SEED", seed.toString());
    }
    EddyConfig config = configuration.load(environment);
    if (verify) {
      return new TopicVerification(specification.commandLine(), json)
          .run(config, input.bootstrapServers(), Evaluation.heapBytes());
    }
    try (Progress progress = Progress.of("replay")) {
      tell(new Evaluation(config, input, evaluation, output).progress(progress::update).run());
    }
    return CommandLine.ExitCode.OK;
  }

  private void requireFittingOptions() {
    input.requireFitting();
    evaluation.requireFitting(input.isTopic());
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

  private void tell(Evaluation.Result result) {
    PrintWriter out = specification.commandLine().getOut();
    if (json) {
      out.print(MetricsJson.text(result.summary().run(), result.board()));
    } else {
      out.println(ScoreTable.of(result.board()));
      out.println(EvaluationText.cost(result.summary()));
      if (input.hasLabels()) {
        out.println(EvaluationText.labels(result.summary()));
      }
      out.println("written: " + output.resolve(PredictionsCsv.NAME));
      out.println("         " + output.resolve(MetricsJson.NAME));
    }
    out.flush();
    EvaluationText.rejections(result.summary(), specification.commandLine().getErr());
  }
}
