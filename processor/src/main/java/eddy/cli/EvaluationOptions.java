package eddy.cli;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How much of the events is replayed, and how. */
final class EvaluationOptions {
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
  }

  private ParameterException wrong(String problem) {
    return new ParameterException(specification.commandLine(), problem);
  }

  /** The words of the whole command, as they were typed. */
  List<String> command() {
    return specification.root().commandLine().getParseResult().originalArgs();
  }

  boolean isLimited() {
    return limit != null;
  }

  /** Number of events, rejected ones counted. */
  long limit() {
    return limit == null ? Long.MAX_VALUE : limit;
  }

  /** Partitions that the keys of a file are spread over. */
  int spread() {
    return spread;
  }
}
