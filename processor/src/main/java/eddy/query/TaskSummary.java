package eddy.query;

import java.util.List;

/**
 * What a task has done so far.
 *
 * @param partition of the input
 * @param thread that runs it
 * @param events accepted, since there is an app
 * @param predictions published, since there is an app
 * @param rejected records, since there is an app
 * @param fallbacks times that sensitivities were dropped, since there is an app
 * @param position offset of the newest entry that it has read
 * @param updates of its weights, as the newest prediction tells
 * @param byModel predictions of targets that the network made, since it runs here
 * @param byBaseline predictions of targets that persistence made, since it runs here
 * @param liveKeys keys whose state is a live object
 * @param liveBytes heap of these
 * @param paused whether learning is paused
 * @param rateFactor on the learning rates
 * @param scores by target, since it runs here
 * @param recent keys that were seen last, newest first
 */
public record TaskSummary(
    int partition,
    String thread,
    long events,
    long predictions,
    long rejected,
    long fallbacks,
    long position,
    long updates,
    long byModel,
    long byBaseline,
    int liveKeys,
    long liveBytes,
    boolean paused,
    float rateFactor,
    List<TargetScore> scores,
    List<SeenKey> recent) {
  public TaskSummary {
    scores = List.copyOf(scores);
    recent = List.copyOf(recent);
  }

  /**
   * A key that was seen.
   *
   * @param time of its newest event
   * @param surprise of the newest label, -log10 of its probability; NaN where there is none
   */
  public record SeenKey(String key, long time, double surprise) {}
}
