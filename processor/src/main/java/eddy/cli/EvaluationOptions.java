package eddy.cli;

import eddy.baseline.Baselines;
import eddy.config.EddyConfig;
import eddy.learn.Prequential;
import eddy.replay.Rivals;
import eddy.report.TargetScores;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How much of the events is replayed, and how. */
final class EvaluationOptions {
  private static final String ALL = "all";
  private static final String NONE = "none";

  @Spec(Spec.Target.MIXEE)
  private CommandSpec specification;

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
          "Spread the keys of a file over so many partitions, as a producer would: each learns"
              + " apart, or with eddy.weights=global takes in what the others have learned.")
  private int spread;

  @Option(
      names = "--baselines",
      paramLabel = "NAME,...",
      defaultValue = ALL,
      description = {
        "Simple forecasters in the same pass, which the learner is scored against: all (the"
            + " default), none, or some of seasonal-naive, running-mean, smoothing, holt-winters,"
            + " lagged-linear, prior-class, markov-1, markov-2, markov-3; and frozen, which all"
            + " leaves out: the learner itself without learning, at the cost of a second one."
      })
  private String baselines;

  @Option(
      names = "--baseline-predictions",
      description =
          "Write what every baseline said into predictions.csv too, which about doubles it.")
  private boolean baselinePredictions;

  @Option(
      names = "--season",
      paramLabel = "N",
      description =
          "Events of a key that make a season of a number, for the baselines; without it they find"
              + " one of up to 1024 by themselves.")
  private Integer season;

  @Option(
      names = "--freeze-after",
      paramLabel = "N",
      defaultValue = "5000",
      description = "Events that the baseline frozen learns from; 5000 without it.")
  private long freezeAfter;

  /** Refuses values out of bounds, and partitions of a topic that has its own. */
  void requireFitting(boolean topic) {
    if (spread < 1) {
      throw wrong("--partitions must be >= 1 but was " + spread);
    }
    if (topic && spread > 1) {
      throw wrong("--partitions goes with a file only; remove it");
    }
    if (limit != null && limit < 1) {
      throw wrong("--limit must be >= 1 but was " + limit);
    }
    if (season != null && season < 1) {
      throw wrong("--season must be >= 1 but was " + season);
    }
    if (freezeAfter < 1) {
      throw wrong("--freeze-after must be >= 1 but was " + freezeAfter);
    }
    baselines();
  }

  /** The baselines of a run. */
  Rivals rivals(EddyConfig config, Prequential learner) {
    if (names().isEmpty()) {
      return Rivals.none();
    }
    Rivals rivals = Rivals.of(baselines(), config.learnerSpec(), learner);
    return names().contains(TargetScores.FROZEN)
        ? rivals.withFrozen(config.newPrequential(), config.learnerSpec(), freezeAfter)
        : rivals;
  }

  private Baselines baselines() {
    List<String> names = new ArrayList<>(names());
    names.remove(TargetScores.FROZEN);
    if (names.contains(ALL)) {
      names.remove(ALL);
      names.addAll(Baselines.NAMES);
    }
    try {
      return new Baselines(names, season == null ? 0 : season);
    } catch (IllegalArgumentException e) {
      throw wrong("--baselines=" + baselines + ": " + e.getMessage());
    }
  }

  private List<String> names() {
    return baselines.equals(NONE) ? List.of() : List.of(baselines.split("\\s*,\\s*"));
  }

  private ParameterException wrong(String problem) {
    return new ParameterException(specification.commandLine(), problem);
  }

  /** The words of the whole command, as they were typed. */
  List<String> command() {
    return specification.root().commandLine().getParseResult().originalArgs();
  }

  /** Whether the baselines stand in predictions.csv. */
  boolean writesBaselines() {
    return baselinePredictions;
  }

  boolean isLimited() {
    return limit != null;
  }

  /** Number of events, rejected ones counted. */
  long limit() {
    return limit == null ? Long.MAX_VALUE : limit;
  }

  /** How far a run is that the limit may end before the input does. */
  double fraction(long events, double ofInput) {
    return limit == null ? ofInput : fraction(events, ofInput, limit);
  }

  static double fraction(long events, double ofInput, long limit) {
    double ofLimit = (double) events / limit;
    return ofInput > ofLimit ? ofInput : ofLimit; // also where that of the input is NaN
  }

  /** Partitions that the keys of a file are spread over. */
  int spread() {
    return spread;
  }
}
