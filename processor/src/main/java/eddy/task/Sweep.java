package eddy.task;

import eddy.learn.KeyState;
import eddy.learn.Prequential;
import eddy.state.ObjectStore;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;

/**
 * Finds keys that have expired and do not come back, and keys that have been silent for longer than
 * their labels may take, some at a time in the order of their bytes.
 *
 * <p>A key that comes back is found expired whether or not a sweep has met it, so sweeps free
 * memory and change nothing there. What waits in a silent key is given up by the sweep, unless an
 * event or a label of the key comes first. Where a sweep stands is part of the task's state and
 * moves with its events, so that what is counted and given up repeats too. One begins whenever
 * stream time has moved on by half of the time to live, or of the deadline where that is less: a
 * key is gone after one and a half of it, and the sweep.
 */
final class Sweep {
  /** Events between two steps, and keys that a step looks at: four at an event. */
  private static final int EVENTS = 16;

  private static final int KEYS = 64;

  private static final ObjectStore.Time<KeyState> TOUCHED =
      new ObjectStore.Time<>(KeyState::touched, Prequential::touched);

  private final ObjectStore<KeyState> keys;
  private final long ttlMillis;
  private final long deadlineMillis;
  private final long periodMillis;

  /**
   * What a step has found.
   *
   * @param expired keys to be deleted
   * @param silent keys whose labels are late, each once as long as nothing comes for it
   */
  record Found(List<Bytes> expired, List<Bytes> silent) {
    static final Found NOTHING = new Found(List.of(), List.of());
  }

  /**
   * A sweep over keys.
   *
   * @param ttlMillis time to live of a key, 0 for ever
   * @param deadlineMillis time that its labels may take, 0 for ever
   */
  Sweep(ObjectStore<KeyState> keys, long ttlMillis, long deadlineMillis) {
    this.keys = keys;
    this.ttlMillis = ttlMillis;
    this.deadlineMillis = deadlineMillis;
    long shorter =
        ttlMillis == 0 || deadlineMillis == 0
            ? Math.max(ttlMillis, deadlineMillis)
            : Math.min(ttlMillis, deadlineMillis);
    periodMillis = shorter == 0 ? 0 : Math.max(1, shorter / 2);
  }

  /** Whether a key that was heard of then has expired. */
  boolean expired(long touched, long streamTime) {
    return ttlMillis > 0 && streamTime - touched > ttlMillis;
  }

  /**
   * Goes on after an event.
   *
   * @param task modified: where the sweep stands
   */
  Found after(TaskState task) {
    if (periodMillis == 0 || !due(task) || task.count(Counter.EVENTS) % EVENTS != 0) {
      return Found.NOTHING;
    }
    Found found = new Found(new ArrayList<>(), new ArrayList<>());
    long silentTo = silentTo(task);
    Bytes from = task.sweptTo == null ? null : Bytes.wrap(task.sweptTo);
    Bytes last =
        keys.times(
            from,
            KEYS,
            TOUCHED,
            (key, touched) -> {
              if (expired(touched, task.streamTime)) {
                found.expired.add(key);
              } else if (touched >= task.silentFrom && touched < silentTo) {
                found.silent.add(key);
              }
            });
    task.sweptTo = last == null ? null : last.get();
    if (last == null) {
      task.sweeping = false;
      task.nextSweep = task.streamTime + periodMillis;
      task.silentFrom = silentTo;
    }
    return found;
  }

  /** Keys heard of before then, but not before the same of the last sweep, are looked into. */
  private long silentTo(TaskState task) {
    return deadlineMillis == 0 || task.sweepTime == Long.MIN_VALUE
        ? Long.MIN_VALUE
        : task.sweepTime - deadlineMillis;
  }

  private boolean due(TaskState task) {
    if (task.nextSweep == Long.MIN_VALUE) {
      task.nextSweep = task.streamTime + periodMillis;
    }
    if (!task.sweeping && task.streamTime >= task.nextSweep) {
      task.sweeping = true;
      task.sweepTime = task.streamTime;
    }
    return task.sweeping;
  }
}
