package eddy.replay;

import eddy.report.RunSummary;
import eddy.task.TaskState;
import java.util.Objects;

/**
 * What a replay took and met.
 *
 * @param run counts and costs, as metrics.json has them
 * @param rejections why events were rejected
 * @param badLabels why labels that come by themselves were rejected
 * @param counts of the last source, all its partitions together, as an app's task has them
 */
public record ReplaySummary(
    RunSummary run, Rejections rejections, Rejections badLabels, TaskState counts) {
  public ReplaySummary {
    Objects.requireNonNull(run, "run");
    Objects.requireNonNull(rejections, "rejections");
    Objects.requireNonNull(badLabels, "bad labels");
    Objects.requireNonNull(counts, "counts");
  }
}
