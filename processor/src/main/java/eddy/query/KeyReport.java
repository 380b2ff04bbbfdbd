package eddy.query;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a task knows of a key.
 *
 * @param partition of the input
 * @param events accepted of it
 * @param stateBytes of its state, encoded
 * @param weightsBytes of its own weights, encoded; -1 where weights are shared
 * @param learner estimator in use
 * @param fallback what is in use in its place, null where nothing is
 * @param lastTime timestamp of its newest event
 * @param recent its newest events, oldest first; those since the task came here at most
 */
public record KeyReport(
    String key,
    int partition,
    long events,
    long stateBytes,
    long weightsBytes,
    String learner,
    String fallback,
    long lastTime,
    List<RecentEvent> recent) {
  public KeyReport {
    recent = List.copyOf(recent);
  }

  /**
   * An event and what was predicted at it.
   *
   * @param id topic-partition-offset
   * @param fields values that the learner was given, by path
   * @param targets predictions by target; none where nothing was predicted
   */
  public record RecentEvent(
      String id, long time, Map<String, Value> fields, List<RecentTarget> targets) {
    public RecentEvent {
      fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
      targets = List.copyOf(targets);
    }
  }

  /**
   * A prediction and what became of it.
   *
   * @param low end of its interval, NaN where it has none
   * @param high end of its interval, NaN where it has none
   * @param classes the most probable ones; null for a number
   * @param persistence the last value or class
   * @param actual the label, none before it has come
   * @param surprise -log10 of the probability of a loss as large, NaN before the label has come
   * @param byModel whether the network made it, not persistence
   */
  public record RecentTarget(
      String target,
      Value prediction,
      double low,
      double high,
      Map<String, Double> classes,
      Value persistence,
      Value actual,
      double surprise,
      boolean byModel) {
    public RecentTarget {
      classes = classes == null ? null : Collections.unmodifiableMap(new LinkedHashMap<>(classes));
    }

    /** The same with its label. */
    public RecentTarget settled(Value label, double surpriseOfLabel) {
      return new RecentTarget(
          target, prediction, low, high, classes, persistence, label, surpriseOfLabel, byModel);
    }
  }
}
