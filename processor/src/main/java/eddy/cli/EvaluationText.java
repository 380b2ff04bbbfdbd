package eddy.cli;

import eddy.replay.Rejections;
import eddy.replay.ReplaySummary;
import eddy.report.Latency;
import eddy.report.RunCost;
import eddy.report.RunSummary;
import eddy.report.Scores;
import eddy.task.Counter;
import eddy.task.TaskState;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a replay took and met, in words. */
final class EvaluationText {
  private static final int NAMED_DRIFTS = 5;
  private static final double MEBIBYTE = 1 << 20;

  private EvaluationText() {}

  /** Events and labels, time, size, and what has learned. */
  static String cost(ReplaySummary summary, long scored) {
    RunSummary run = summary.run();
    RunCost cost = run.cost().orElseThrow();
    Latency.Quantiles latency = cost.latency();
    return String.join(
        System.lineSeparator(),
        run.predictions() == 0
            ? say("%,d events, %,d rejected; no predictions", run.events(), run.rejected())
            : say(
                "%,d events, %,d rejected; labels of %.1f%% of %,d predictions, %,d missing",
                run.events(),
                run.rejected(),
                100 * run.labelCoverage(scored),
                run.predictions(),
                run.unlabelled()),
        say(
            "%.1f s, %,.0f events/s, %.0f%% of it in reading; an event %,.1f us, p99 %,.0f,"
                + " p99.9 %,.0f, longest %,.0f",
            run.seconds(),
            run.eventsPerSecond(),
            100 * cost.readingShare(),
            latency.p50(),
            latency.p99(),
            latency.p999(),
            latency.max()),
        say(
            "%,d keys of %,d bytes, weights of %,d bytes: %.1f MiB of state; %,d parameters",
            cost.keys(),
            cost.keyBytes(),
            cost.weightsBytes(),
            cost.stateBytes() / MEBIBYTE,
            run.parameters()),
        "learner " + learners(run.learner(), cost));
  }

  private static String learners(String learner, RunCost cost) {
    if (cost.fallbacks() == 0) {
      return learner + ", sensitivities always within bounds";
    }
    StringBuilder text = new StringBuilder();
    cost.learners()
        .forEach(
            (name, events) ->
                text.append(text.length() == 0 ? "" : ", ")
                    .append(say("%s at %,d events", name, events)));
    return text + say("; sensitivities dropped %,d times", cost.fallbacks());
  }

  private static String say(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  /** Where drift was found. */
  static String drift(Scores scores) {
    List<String> targets = new ArrayList<>();
    for (int t = 0; t < scores.targets().size(); t++) {
      if (scores.drift().found(t) > 0) {
        targets.add(drift(scores, t));
      }
    }
    return "drift: " + (targets.isEmpty() ? "none found" : String.join("; ", targets));
  }

  private static String drift(Scores scores, int target) {
    String places =
        scores.drift().marks().stream()
            .filter(mark -> mark.drift().target() == target)
            .limit(NAMED_DRIFTS)
            .map(mark -> say("%,d", mark.labels()))
            .collect(Collectors.joining(", "));
    long found = scores.drift().found(target);
    return say(
        "%s %,d times, at labels %s%s",
        scores.targets().get(target).name(), found, places, found > NAMED_DRIFTS ? " ..." : "");
  }

  /** What became of labels that come by themselves. */
  static String labels(ReplaySummary summary) {
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

  /** Prints why events and labels were rejected. */
  static void rejections(ReplaySummary summary, PrintWriter error) {
    print("rejected ", summary.rejections(), error);
    print("rejected labels: ", summary.badLabels(), error);
    error.flush();
  }

  private static void print(String what, Rejections rejections, PrintWriter error) {
    for (Rejections.Reason reason : rejections.reasons()) {
      error.println(
          what + reason.count() + ", first row " + reason.firstRow() + ": " + reason.text());
    }
    if (rejections.otherCount() > 0) {
      error.println(what + rejections.otherCount() + " for further reasons");
    }
  }
}
