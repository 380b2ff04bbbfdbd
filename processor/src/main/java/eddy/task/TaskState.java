package eddy.task;

/** What a task keeps beside keys and weights. Owned by one task. */
public final class TaskState {
  /** Of the learner that has learned, 0 before the first event. */
  public long fingerprint;

  /** Greatest timestamp of an accepted event, {@link Long#MIN_VALUE} before the first. */
  public long streamTime = Long.MIN_VALUE;

  /** Offset of the newest entry in what the task reads: the ledger, or the input without one. */
  public long position = -1;

  /** Offset of the newest event in the input. */
  public long inputOffset = -1;

  /** Whether learning is paused. */
  public boolean paused;

  /** Factor on the learning rates of the configuration. */
  public float rateFactor = 1f;

  /** Stream time at which the next sweep begins, {@link Long#MIN_VALUE} before the first event. */
  long nextSweep = Long.MIN_VALUE;

  /** Whether a sweep is under way. */
  boolean sweeping;

  /** Key that the sweep has come to, null before the first. */
  byte[] sweptTo;

  /** Stream time at which it began, {@link Long#MIN_VALUE} before the first. */
  long sweepTime = Long.MIN_VALUE;

  /** Keys heard of before then have been looked into since, for labels that are late. */
  long silentFrom = Long.MIN_VALUE;

  final long[] counts = new long[Counter.values().length];

  /** How often something has happened. */
  public long count(Counter counter) {
    return counts[counter.ordinal()];
  }

  /** Counts once more. */
  public void add(Counter counter) {
    counts[counter.ordinal()]++;
  }

  /** Counts so many more. */
  public void add(Counter counter, long times) {
    counts[counter.ordinal()] += times;
  }
}
