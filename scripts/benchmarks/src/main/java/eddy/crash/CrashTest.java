package eddy.crash;

import com.fasterxml.jackson.databind.ObjectMapper;
import eddy.cli.Progress;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The matrix of kills: every way an app may be hit, for every way it learns. */
@Command(
    name = "crash-test",
    description = {
      "Kills apps and brokers with kill -9 while they learn, at exactly once, and compares what is"
          + " left with an undisturbed run: every byte of the predictions, of the weights and of the"
          + " states of keys. With labels of a topic, whose order against the events is the"
          + " ledger's, with a replay of the ledger: predictions and weights.",
      "Brokers and apps are JVMs of their own on this machine; a row takes about a minute."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Exit code 0: all rows are equal; 1: one is not, or could not be run; 2: wrong use.",
      "Example: scripts/crash-test --scenario standby,broker --weights key --labels ahead"
    })
public final class CrashTest implements Callable<Integer> {
  /** Room for kills, and for what has to be done after them. */
  private static final int LEAST_EVENTS = 2000;

  @Spec private CommandSpec specification;

  @Option(
      names = "--scenario",
      split = ",",
      paramLabel = "NAME",
      description = "Only these: ${COMPLETION-CANDIDATES}.")
  private Set<Scenario> scenarios = EnumSet.allOf(Scenario.class);

  @Option(
      names = "--weights",
      split = ",",
      paramLabel = "NAME",
      description = "Only these: ${COMPLETION-CANDIDATES}.")
  private Set<Weights> weights = EnumSet.allOf(Weights.class);

  @Option(
      names = "--labels",
      split = ",",
      paramLabel = "NAME",
      description = "Only these: ${COMPLETION-CANDIDATES}.")
  private Set<Labels> labels = EnumSet.allOf(Labels.class);

  @Option(
      names = "--events",
      paramLabel = "N",
      description = "Events of a run (default: ${DEFAULT-VALUE}).")
  private int events = 6000;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description =
          "Seed of the events and of the moments of the kills (default: ${DEFAULT-VALUE}).")
  private long seed = 1;

  @Option(names = "--json", description = "Print JSON on standard output in place of the table.")
  private boolean json;

  @Option(
      names = "--keep",
      paramLabel = "DIR",
      description = "Keep logs and data of brokers and apps in this folder.")
  private Path kept;

  /** Runs the command and ends this JVM. */
  public static void main(String[] arguments) {
    // before the first logger exists
    System.setProperty("eddy.log.kafka.clients", "error");
    if (System.getProperty("log4j2.configurationFile") == null) {
      System.setProperty("log4j2.configurationFile", "classpath:eddy/cli/logging.xml");
    }
    System.exit(
        new CommandLine(new CrashTest())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .execute(arguments));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (events < LEAST_EVENTS) {
      throw new ParameterException(
          specification.commandLine(),
          "--events must be >= " + LEAST_EVENTS + " but was " + events);
    }
    List<CrashReport.Line> lines = run(Row.all(scenarios, weights, labels));
    CrashReport report = new CrashReport(lines, events, seed);
    PrintWriter out = specification.commandLine().getOut();
    out.println(
        json
            ? new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(report.data())
            : report.text());
    out.flush();
    return report.allEqual() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
  }

  private List<CrashReport.Line> run(List<Row> rows) throws IOException, InterruptedException {
    Path directory =
        kept == null ? Files.createTempDirectory("eddy-crash") : Files.createDirectories(kept);
    Map<Row, Remains> undisturbed = new HashMap<>();
    List<CrashReport.Line> lines = new ArrayList<>();
    try (Progress progress = Progress.of("crash-test")) {
      for (Row row : rows) {
        say("row " + (lines.size() + 1) + " of " + rows.size() + ": " + row);
        CrashReport.Line line = run(row, directory, undisturbed);
        lines.add(line);
        say("  " + line.verdict());
        progress.update((long) lines.size() * events, (double) lines.size() / rows.size());
      }
    } finally {
      if (kept == null) {
        delete(directory);
      }
    }
    return lines;
  }

  private CrashReport.Line run(Row row, Path directory, Map<Row, Remains> undisturbed)
      throws IOException, InterruptedException {
    try {
      Remains calm = row.usesLedger() ? null : calm(row, directory, undisturbed);
      Path own = directory.resolve(row.scenario() + "-" + row.weights() + "-" + row.labels());
      try (Drill drill = new Drill(row, events, seed, own)) {
        return new CrashReport.Line(row, drill.disturbed(calm));
      } finally {
        if (kept == null) {
          delete(own);
        }
      }
    } catch (IOException | ExecutionException | RuntimeException e) {
      // the other rows are worth running all the same
      return CrashReport.Line.failed(row, e);
    }
  }

  private Remains calm(Row row, Path directory, Map<Row, Remains> undisturbed)
      throws IOException, InterruptedException, ExecutionException {
    Row one = new Row(Scenario.ONE, row.weights(), row.labels());
    if (!undisturbed.containsKey(one)) {
      say("  undisturbed run");
      Path own = directory.resolve("calm-" + row.weights() + "-" + row.labels());
      try (Drill drill = new Drill(one, events, seed, own)) {
        undisturbed.put(one, drill.calm());
      } finally {
        if (kept == null) {
          delete(own);
        }
      }
    }
    return undisturbed.get(one);
  }

  private void say(String what) {
    specification.commandLine().getErr().println(what);
    specification.commandLine().getErr().flush();
  }

  public static void delete(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> paths = Files.walk(directory)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
