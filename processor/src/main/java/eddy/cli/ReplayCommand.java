package eddy.cli;

import eddy.config.ConfigurationException;
import eddy.config.EddyConfig;
import eddy.event.CsvLabels;
import eddy.event.CsvSource;
import eddy.event.EventSource;
import eddy.event.TextSource;
import eddy.event.TimeText;
import eddy.feature.FieldKind;
import eddy.feature.TargetSpec;
import eddy.learn.LabelDeadline;
import eddy.replay.Rejections;
import eddy.replay.Replay;
import eddy.replay.ReplaySummary;
import eddy.replay.TopicInput;
import eddy.replay.TopicRange;
import eddy.report.MetricsJson;
import eddy.report.PredictionsCsv;
import eddy.report.RunSummary;
import eddy.report.ScoreTable;
import eddy.report.Scoreboard;
import eddy.task.Counter;
import eddy.task.TaskState;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
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
  private static final double MEMORY_SHARE = 0.75;

  @Spec private CommandSpec specification;

  @Mixin private ConfigurationOption configuration;

  @ArgGroup(multiplicity = "1")
  private Source source;

  /** Where the events come from: one of these. */
  private static final class Source {
    @Option(
        names = "--csv",
        paramLabel = "FILE",
        description = "CSV file with a header, plain or gzipped.")
    private Path csv;

    @Option(
        names = "--text",
        paramLabel = "FILE",
        description = "Text in UTF-8, plain or gzipped: one event a character, field char.")
    private Path text;

    @Option(
        names = "--bootstrap-servers",
        paramLabel = "SERVERS",
        description = "Kafka, such as localhost:9092: its topic eddy.input.topic.")
    private String bootstrapServers;
  }

  @Option(
      names = "--output",
      paramLabel = "DIR",
      description = "Folder of the results; made where it is missing.")
  private Path output;

  @Option(
      names = "--verify",
      description =
          "Score nothing: derive every prediction in eddy.output.topic anew and compare it.")
  private boolean verify;

  @Option(
      names = "--key",
      paramLabel = "COLUMN",
      description = "Column of a CSV file that holds the key; without it all rows have one key.")
  private String key;

  @Option(
      names = "--time",
      paramLabel = "COLUMN",
      description = "Column of a CSV file that holds the time of the event.")
  private String time;

  @Option(
      names = "--labels-csv",
      paramLabel = "FILE",
      description = {
        "Labels of targets written field@label, beside --csv: a CSV file with the column of --key,"
            + " the fields of the targets, and the id of the event: the column that"
            + " eddy.event.id.field names, or without it its row in a column id. A label comes after"
            + " the row that its column after_row names; without such a column, after all events"
            + " that are no later than it, by the column of --time."
      })
  private Path labelsCsv;

  @Option(
      names = "--from-offset",
      paramLabel = "N",
      description = "First offset of every partition; without it the earliest.")
  private Long fromOffset;

  @Option(
      names = "--to-offset",
      paramLabel = "N",
      description = "Offset after the last one; without it where the partition ends now.")
  private Long toOffset;

  @Option(
      names = "--from-time",
      paramLabel = "TIME",
      description = "Begin at the first record that is not earlier, such as 2026-01-31T12:00Z.")
  private String fromTime;

  @Option(
      names = "--to-time",
      paramLabel = "TIME",
      description = "End before the first record that is not earlier.")
  private String toTime;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "End after so many events, rejected ones counted.")
  private Long limit;

  @Option(
      names = "--partitions",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Spread the keys of a file over so many partitions, as a producer would: each learns apart,"
              + " or with eddy.weights=global takes in what the others have learned.")
  private int spread;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Seed of the initial weights, in place of eddy.seed.")
  private Long seed;

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
          .run(config, source.bootstrapServers, heapBytes());
    }
    if (source.bootstrapServers != null) {
      try (TopicInput topic = TopicInput.open(config, source.bootstrapServers, range())) {
        replay(config, topic.partitions(), topic::requireFields);
      }
    } else {
      try (EventSource file = file(config)) {
        // whether a file has the fields is known since it was opened
        replay(config, List.of(file), () -> {});
      }
    }
    return CommandLine.ExitCode.OK;
  }

  private void requireFittingOptions() {
    refuseUnless(source.csv != null, "--key", key, "--csv");
    refuseUnless(source.csv != null, "--time", time, "--csv");
    refuseUnless(source.csv != null, "--labels-csv", labelsCsv, "--csv");
    boolean topic = source.bootstrapServers != null;
    refuseUnless(topic, "--from-offset", fromOffset, "--bootstrap-servers");
    refuseUnless(topic, "--to-offset", toOffset, "--bootstrap-servers");
    refuseUnless(topic, "--from-time", fromTime, "--bootstrap-servers");
    refuseUnless(topic, "--to-time", toTime, "--bootstrap-servers");
    if (verify) {
      requireVerifiable(topic);
    } else if (output == null) {
      throw wrong("--output is missing; name a folder for the results");
    }
    refuseBoth("--from-offset", fromOffset, "--from-time", fromTime);
    refuseBoth("--to-offset", toOffset, "--to-time", toTime);
    if (spread < 1) {
      throw wrong("--partitions must be >= 1 but was " + spread);
    }
    refuseUnless(!topic, "--partitions", spread == 1 ? null : spread, "a file");
    if (limit != null && limit < 1) {
      throw wrong("--limit must be >= 1 but was " + limit);
    }
  }

  private void requireVerifiable(boolean topic) {
    if (!topic) {
      throw wrong("--verify goes with --bootstrap-servers only; name the app's Kafka");
    }
    Map<String, Object> parts = new LinkedHashMap<>();
    parts.put("--output", output);
    parts.put("--from-offset", fromOffset);
    parts.put("--to-offset", toOffset);
    parts.put("--from-time", fromTime);
    parts.put("--to-time", toTime);
    parts.put("--limit", limit);
    parts.forEach(
        (option, value) -> {
          if (value != null) {
            throw wrong(option + " does not go with --verify, which compares all; remove it");
          }
        });
  }

  private void refuseUnless(boolean fitting, String option, Object value, String needed) {
    if (value != null && !fitting) {
      throw wrong(option + " goes with " + needed + " only; remove it");
    }
  }

  private void refuseBoth(String one, Object oneValue, String other, Object otherValue) {
    if (oneValue != null && otherValue != null) {
      throw wrong(one + " and " + other + " exclude each other; remove one");
    }
  }

  private ParameterException wrong(String problem) {
    return new ParameterException(specification.commandLine(), problem);
  }

  private TopicRange range() {
    return new TopicRange(
        bound("--from-offset", fromOffset, "--from-time", fromTime),
        bound("--to-offset", toOffset, "--to-time", toTime));
  }

  private TopicRange.Bound bound(
      String offsetOption, Long offset, String timeOption, String timeText) {
    if (offset != null) {
      if (offset < 0) {
        throw wrong(offsetOption + " must be >= 0 but was " + offset);
      }
      return new TopicRange.Bound.Offset(offset);
    }
    if (timeText == null) {
      return null;
    }
    long milliseconds = TimeText.parse(timeText);
    if (milliseconds == TimeText.NONE) {
      throw wrong(timeOption + " " + timeText + " is no time; write 2026-01-31T12:00Z");
    }
    return new TopicRange.Bound.Time(milliseconds);
  }

  private EventSource file(EddyConfig config) throws IOException {
    boolean timed =
        time != null
            || source.csv != null
                && config.schema().fields().stream().anyMatch(f -> f.kind() == FieldKind.TIME);
    if (!timed) {
      requireNoTime(config);
    }
    if (source.text != null) {
      return FileFailure.of(source.text, () -> TextSource.open(source.text, config.schema()));
    }
    String keyColumn = key != null ? key : config.key().orElse(null);
    return FileFailure.of(
        source.csv, () -> CsvSource.open(source.csv, config.schema(), keyColumn, time));
  }

  /** Rows without a time have their number for one, which no duration is meant for. */
  private static void requireNoTime(EddyConfig config) {
    String remedy = ": the rows have no time; name its column with --time, or remove the line";
    if (!config.sequence().gap().isZero()) {
      throw new ConfigurationException("eddy.sequence.gap=" + config.sequence().gap() + remedy);
    }
    for (TargetSpec target : config.targets()) {
      if (target.horizon() instanceof TargetSpec.Horizon.TimeAhead) {
        throw new ConfigurationException("eddy.targets: target " + target.name() + remedy);
      }
    }
    if (config.learnerSpec().deadline().millis() != LabelDeadline.DEFAULT.millis()) {
      throw new ConfigurationException("eddy.label.deadline.time" + remedy);
    }
  }

  private void replay(
      EddyConfig config, List<? extends EventSource> partitions, Runnable nothingScored)
      throws IOException {
    Scoreboard board = Scoreboard.of(config.targets());
    ReplaySummary summary;
    try (PredictionsCsv csv = predictions(config);
        Progress progress = Progress.of("replay")) {
      Replay replay =
          new Replay(
                  config.newPrequential(),
                  config.learnerSpec(),
                  line -> {
                    board.add(line);
                    csv.write(line);
                  })
              .heapBytes(heapBytes())
              .spread(spread)
              .progress(progress::update);
      if (limit != null) {
        replay.limit(limit);
      }
      try (CsvLabels labels = labels(config)) {
        summary = replay.labels(labels).run(partitions);
      }
      if (board.scored() == 0) {
        nothingScored.run();
      }
      csv.complete();
    }
    MetricsJson.write(output, summary.run(), board);
    tell(summary, board);
  }

  private static long heapBytes() {
    return (long) (MEMORY_SHARE * Runtime.getRuntime().maxMemory());
  }

  /** The labels that come by themselves; null where no target waits for one. */
  private CsvLabels labels(EddyConfig config) throws IOException {
    if (!config.usesLabels()) {
      if (labelsCsv != null) {
        throw wrong("--labels-csv: no target waits for its labels; write one as field@label");
      }
      return null;
    }
    if (labelsCsv == null) {
      throw wrong(
          "the labels of field@label do not stand in the events; name a CSV file of them with"
              + " --labels-csv");
    }
    String keyColumn = key != null ? key : config.key().orElse(null);
    return FileFailure.of(
        labelsCsv,
        () ->
            CsvLabels.open(
                labelsCsv,
                config.schema(),
                config.targets(),
                config.eventIdField(),
                keyColumn,
                time));
  }

  private PredictionsCsv predictions(EddyConfig config) {
    try {
      return PredictionsCsv.in(output, config.targets(), config.learnerSpec().spread());
    } catch (IOException e) {
      throw new ConfigurationException(
          "--output " + output + ": cannot be written to: " + FileFailure.reason(e));
    }
  }

  private void tell(ReplaySummary summary, Scoreboard board) {
    PrintWriter out = specification.commandLine().getOut();
    if (json) {
      out.print(MetricsJson.text(summary.run(), board));
    } else {
      out.println(ScoreTable.of(board));
      out.println(cost(summary));
      if (labelsCsv != null) {
        out.println(labels(summary));
      }
      out.println("written: " + output.resolve(PredictionsCsv.NAME));
      out.println("         " + output.resolve(MetricsJson.NAME));
    }
    out.flush();
    PrintWriter error = specification.commandLine().getErr();
    tell("rejected ", summary.rejections(), error);
    tell("rejected labels: ", summary.badLabels(), error);
    error.flush();
  }

  private static void tell(String what, Rejections rejections, PrintWriter error) {
    for (Rejections.Reason reason : rejections.reasons()) {
      error.println(
          what + reason.count() + ", first row " + reason.firstRow() + ": " + reason.text());
    }
    if (rejections.otherCount() > 0) {
      error.println(what + rejections.otherCount() + " for further reasons");
    }
  }

  private static String labels(ReplaySummary summary) {
    TaskState counts = summary.counts();
    return String.format(
        Locale.ROOT,
        "labels: %,d settled, %,d early, %,d late, %,d twice, %,d of unknown events; %,d"
            + " predictions expired",
        counts.count(Counter.LABELS_SETTLED),
        counts.count(Counter.LABELS_EARLY),
        counts.count(Counter.LABELS_LATE),
        counts.count(Counter.LABELS_DUPLICATE),
        counts.count(Counter.LABELS_UNKNOWN),
        counts.count(Counter.EXPIRED));
  }

  private static String cost(ReplaySummary summary) {
    RunSummary run = summary.run();
    return String.format(
        Locale.ROOT,
        "%,d events, %,d rejected, %,d labels missing; %,d keys of %,d bytes%n"
            + "%.1f s, %,.0f events/s, %.0f%% of the time in reading; %s, %,d parameters",
        run.events(),
        run.rejected(),
        run.unlabelled(),
        summary.keys(),
        run.bytesPerKey(),
        run.seconds(),
        run.eventsPerSecond(),
        100 * summary.readingShare(),
        run.learner(),
        run.parameters());
  }
}
