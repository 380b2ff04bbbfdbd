package eddy.replay;

import eddy.learn.Outcome;
import eddy.learn.Prequential;
import eddy.report.Latency;
import eddy.report.RunCost;
import eddy.report.RunSummary;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What is counted of a replay beside its scores, from its beginning on. */
final class RunTally {
  private final long startNanos = System.nanoTime();
  private final int targets;
  private final Latency latency = new Latency();
  private final Map<String, Long> fallen = new LinkedHashMap<>(); // events by learner
  private long readingNanos;
  private long events;
  private long accepted;
  private long predictions;
  private long unlabelled;
  private long fallbacks;
  private long keys;

  /** Of so many targets. */
  RunTally(int targets) {
    this.targets = targets;
  }

  /** So long was read. */
  void reading(long nanos) {
    readingNanos += nanos;
  }

  /** So long was learned from an event. */
  void learning(long nanos) {
    latency.add(nanos);
  }

  /** One more event was read. */
  void event() {
    events++;
  }

  long events() {
    return events;
  }

  /** One more key was seen. */
  void key() {
    keys++;
  }

  long keys() {
    return keys;
  }

  /** So many predictions will have no label any more. */
  void unlabelled(long count) {
    unlabelled += count;
  }

  /** What came of an event that was accepted. */
  void accepted(Outcome outcome) {
    accepted++;
    predictions += outcome.predicted ? targets : 0;
    fallbacks += outcome.drops;
    if (outcome.fallback != null) {
      fallen.merge(outcome.fallback, 1L, Long::sum);
    }
  }

  /**
   * Sums up.
   *
   * @param learner that was replayed
   * @param last what the newest event was learned with; null for none
   * @param sets of weights that there are
   */
  RunSummary summary(long rejected, Prequential learner, Replay.Learned last, long sets) {
    long nanos = System.nanoTime() - startNanos;
    return new RunSummary(
        events,
        rejected,
        predictions,
        unlabelled,
        nanos / 1e9,
        learner.bytesPerKey(),
        learner.parameters(),
        learner.learner(),
        Optional.of(cost(learner, last, sets, (double) readingNanos / nanos)));
  }

  private RunCost cost(Prequential learner, Replay.Learned last, long sets, double readingShare) {
    Map<String, Long> learners = new LinkedHashMap<>();
    learners.put(learner.learner(), accepted - fallen.values().stream().mapToLong(n -> n).sum());
    learners.putAll(fallen);
    return new RunCost(
        keys,
        last == null ? 0 : learner.encode(last.state()).length,
        sets,
        last == null ? 0 : learner.encode(last.weights()).length,
        learner.encode(learner.newWeights()).length + learner.sparseBytes(),
        latency.quantiles(),
        readingShare,
        learners,
        fallbacks);
  }
}
