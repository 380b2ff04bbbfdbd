package eddy.cli;

import eddy.replay.Rejections;
import eddy.replay.ReplaySummary;
import eddy.report.RunSummary;
import eddy.task.Counter;
import eddy.task.TaskState;
import java.io.PrintWriter;
import java.util.Locale;

/** What a replay took and met, in words. */
final class EvaluationText {
  private EvaluationText() {}

  /** Events, keys, time and size. */
  static String cost(ReplaySummary summary) {
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
