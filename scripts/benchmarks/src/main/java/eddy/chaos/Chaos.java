package eddy.chaos;

import com.fasterxml.jackson.databind.ObjectMapper;
import eddy.benchmark.Machine;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Faults of every kind, one after the other, and an audit of what is left. */
@Command(
    name = "chaos",
    description = {
      "Three brokers, instances of an app, a feeder, a reader of predictions that is slow, all in"
          + " JVMs of this machine; and faults, one after the other, by a seed.",
      "At the end an auditor that knows topics only looks for inputs that have not exactly one"
          + " prediction or dead letter. Predictions, weights and states of keys are compared with"
          + " an undisturbed run over the same input; where labels and commands have topics of"
          + " their own, predictions and weights with a replay of the ledger."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Exit code 0: nothing is lost, doubled or different; 1: something is, or could not be run;"
          + " 2: wrong use.",
      "A full disk needs root, for it is mounted; without, it is skipped, and the report says so.",
      "Example: scripts/chaos --minutes 20 --seed 3 --output chaos-3"
    })
public final class Chaos implements Callable<Integer> {
  @Spec private CommandSpec specification;

  @Option(
      names = "--minutes",
      paramLabel = "N",
      description =
          "Of faults, all campaigns together (default: ${DEFAULT-VALUE}). Start, audit and"
              + " comparison come on top.")
  private double minutes = 10;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Seed of events, faults and their moments (default: ${DEFAULT-VALUE}).")
  private long seed = 1;

  @Option(
      names = "--ledger",
      paramLabel = "WHEN",
      description =
          "Campaigns with labels and commands of other topics: ${COMPLETION-CANDIDATES} (default:"
              + " ${DEFAULT-VALUE}: half of the time without, half with them).")
  private Ledger ledger = Ledger.BOTH;

  @Option(
      names = "--faults",
      split = ",",
      paramLabel = "NAME",
      description = "Only these: ${COMPLETION-CANDIDATES}.")
  private Set<Fault> faults = EnumSet.complementOf(EnumSet.of(Fault.UPGRADE));

  @Option(
      names = "--previous",
      paramLabel = "CLASSPATH",
      description =
          "Another build of Eddy, which apps start with and the fault upgrade swaps: see"
              + " scripts/upgrade.")
  private String previous;

  @Option(
      names = "--apps",
      paramLabel = "N",
      description = "Instances of the app (default: ${DEFAULT-VALUE}).")
  private int apps = 2;

  @Option(
      names = "--rate",
      paramLabel = "N",
      description = "Events a second (default: ${DEFAULT-VALUE}).")
  private int rate = 100;

  @Option(
      names = "--output",
      paramLabel = "DIR",
      description = "Write chaos.md and chaos.json here, and keep all logs and data.")
  private Path output;

  /** Which campaigns are run. */
  enum Ledger {
    WITHOUT,
    WITH,
    BOTH;

    /** As the command line names it. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Runs the command and ends this JVM. */
  public static void main(String[] arguments) {
    // before the first logger exists; brokers that go away are what is asked for
    System.setProperty("eddy.log.kafka.clients", "off");
    if (System.getProperty("log4j2.configurationFile") == null) {
      System.setProperty("log4j2.configurationFile", "classpath:eddy/cli/logging.xml");
    }
    System.exit(
        new CommandLine(new Chaos()).setCaseInsensitiveEnumValuesAllowed(true).execute(arguments));
  }

  @Override
  public Integer call() throws IOException, InterruptedException, ExecutionException {
    require("--minutes", minutes > 0, minutes);
    require("--apps", apps >= 1 && apps <= 4, apps);
    require("--rate", rate >= 20 && rate <= 10_000, rate);
    require(
        "--faults upgrade without --previous",
        previous != null || !faults.contains(Fault.UPGRADE),
        faults);
    List<Boolean> ledgers =
        switch (ledger) {
          case WITHOUT -> List.of(false);
          case WITH -> List.of(true);
          case BOTH -> List.of(false, true);
        };
    int seconds = (int) Math.ceil(60 * minutes / ledgers.size());
    Campaign.Plan plan =
        new Campaign.Plan(seconds, rate, apps, seed, List.copyOf(EnumSet.copyOf(faults)), previous);
    Path directory =
        output == null ? Files.createTempDirectory("eddy-chaos") : Files.createDirectories(output);
    List<Campaign.Outcome> outcomes = new ArrayList<>();
    try {
      for (boolean with : ledgers) {
        say(with ? "with a ledger" : "without a ledger");
        Path own = directory.resolve(with ? "ledger" : "events");
        try (Campaign campaign = new Campaign(with, plan, own, this::say)) {
          outcomes.add(campaign.run());
        }
      }
    } finally {
      if (output == null) {
        delete(directory);
      }
    }
    return report(new ChaosReport(plan, outcomes));
  }

  private int report(ChaosReport report) throws IOException {
    StringBuilder text = new StringBuilder(report.text()).append("\n");
    Machine.facts().forEach((name, fact) -> text.append("\n- ").append(name + ": " + fact));
    text.append("\n- seed: ").append(seed);
    PrintWriter out = specification.commandLine().getOut();
    out.println(text);
    out.flush();
    if (output != null) {
      Files.writeString(output.resolve("chaos.md"), text + "\n");
      new ObjectMapper()
          .writerWithDefaultPrettyPrinter()
          .writeValue(output.resolve("chaos.json").toFile(), report.data());
    }
    return report.clean() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
  }

  private void require(String option, boolean holds, Object value) {
    if (!holds) {
      throw new ParameterException(
          specification.commandLine(), option + " is out of its bounds: " + value);
    }
  }

  private void say(String what) {
    specification.commandLine().getErr().println(what);
    specification.commandLine().getErr().flush();
  }

  private static void delete(Path directory) throws IOException {
    eddy.crash.CrashTest.delete(directory);
  }
}
