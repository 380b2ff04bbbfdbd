package eddy.cli;

import eddy.config.ConfigurationException;
import eddy.config.EddyConfig;
import eddy.learn.Candidate;
import eddy.learn.LearnerSpec;
import eddy.learn.Plan;
import eddy.learn.Prequential;
import eddy.report.PlanTable;
import eddy.stream.WarmUp;
import eddy.task.StateBudget;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows what a configuration can choose among, what each costs, and what it chooses. */
@Command(
    name = "plan",
    description = {
      "Shows the gradient estimators that a configuration can use: bytes per key, multiply-adds and"
          + " microseconds per event, which fit the budget, and which is chosen; then what the state"
          + " of all keys takes in one partition, on the heap that this command has.",
      "Bytes and multiply-adds follow from the configuration alone and decide; microseconds are"
          + " measured here, on made-up events of one key, and decide nothing."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  eddy plan --config app.properties",
      "  What would exact RTRL of 64 LSTM units cost?",
      "    EDDY_CELL=lstm EDDY_UNITS=64 eddy plan --config app.properties --no-timing"
    },
    mixinStandardHelpOptions = true)
final class PlanCommand implements Callable<Integer> {
  private static final double NANOS_PER_MICROSECOND = 1000;

  /** A longer event is not worth waiting for: some seconds for a batch. */
  private static final long MOST_MACS = 500_000_000;

  @Mixin private ConfigurationOption configuration;

  @Option(names = "--no-timing", description = "Measure nothing: answer at once.")
  private boolean untimed;

  @Mixin private JsonOption json;

  @Override
  public Integer call() {
    EddyConfig config = configuration.load();
    Plan plan = config.plan();
    if (!plan.recurrent()) {
      throw new ConfigurationException(
          "eddy.panel: no member has cells, so there is no estimator to plan; add a recurrent one");
    }
    LearnerSpec spec = config.learnerSpec();
    // of a learner that does not fit there is none to ask
    Optional<StateBudget> state =
        plan.chosen().fits()
            ? Optional.of(StateBudget.of(config, config.newPrequential(), 1))
            : Optional.empty();
    PlanTable table = new PlanTable(plan, spec.budget(), times(spec, plan.candidates()), state);
    json.tell(table::json, table::text, json.paint()::report);
    return CommandLine.ExitCode.OK;
  }

  private List<OptionalDouble> times(LearnerSpec spec, List<Candidate> candidates) {
    List<OptionalDouble> times = new ArrayList<>();
    try (Progress progress = Progress.of("measuring")) {
      for (Candidate candidate : candidates) {
        progress.update(times.size(), (double) times.size() / candidates.size());
        times.add(time(spec, candidate));
      }
    }
    return times;
  }

  private OptionalDouble time(LearnerSpec spec, Candidate candidate) {
    boolean large =
        candidate.eventMacs() > MOST_MACS
            || candidate.keyBytes() > Runtime.getRuntime().maxMemory() / 4;
    if (untimed || large) {
      return OptionalDouble.empty();
    }
    Prequential learner = Prequential.of(spec.learnedBy(candidate.kind()));
    return OptionalDouble.of(WarmUp.of(learner).nanosPerEvent() / NANOS_PER_MICROSECOND);
  }
}
