package eddy.task;

import eddy.learn.KeyState;
import eddy.learn.Prequential;
import eddy.state.ObjectStore;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;

/**
 * Finds keys that have expired and do not come back, some at a time in the order of their bytes.
 *
 * <p>A key that comes back is found expired whether or not a sweep has met it, so sweeps free
 * memory and change nothing that is learned. Where a sweep stands is part of the task's state and
 * moves with its events, so that what is counted repeats too. One begins whenever stream time has
 * moved on by half of the time to live: a key is gone after one and a half of it, and the sweep.
 */
final class Sweep {
  /** Events between two steps, and keys that a step looks at: four at an event. */
  private static final int EVENTS = 16;

  private static final int KEYS = 64;

  private static final ObjectStore.Time<KeyState> TOUCHED =
      new ObjectStore.Time<>(KeyState::touched, Prequential::touched);

  private final ObjectStore<KeyState> keys;
  private final long ttlMillis;

  Sweep(ObjectStore<KeyState> keys, long ttlMillis) {
    this.keys = keys;
    this.ttlMillis = ttlMillis;
  }

  /** Whether a key that was heard of then has expired. */
  boolean expired(long touched, long streamTime) {
    return ttlMillis > 0 && streamTime - touched > ttlMillis;
  }

  /**
   * Goes on after an event.
   *
   * @param task modified: where the sweep stands
   * @return keys that have expired, to be deleted
   */
  List<Bytes> after(TaskState task) {
    if (ttlMillis == 0 || !due(task) || task.count(Counter.EVENTS) % EVENTS != 0) {
      return List.of();
    }
    List<Bytes> candidates = new ArrayList<>();
    Bytes from = task.sweptTo == null ? null : Bytes.wrap(task.sweptTo);
    Bytes last =
        keys.times(
            from,
            KEYS,
            TOUCHED,
            (key, touched) -> {
              if (expired(touched, task.streamTime)) {
                candidates.add(key);
              }
            });
    task.sweptTo = last == null ? null : last.get();
    if (last == null) {
      task.sweeping = false;
      task.nextSweep = task.streamTime + ttlMillis / 2;
    }
    // what is written may be older than what is live
    candidates.removeIf(key -> !expired(keys.get(key).touched(), task.streamTime));
    return candidates;
  }

  private boolean due(TaskState task) {
    if (task.nextSweep == Long.MIN_VALUE) {
      task.nextSweep = task.streamTime + ttlMillis / 2;
    }
    task.sweeping |= task.streamTime >= task.nextSweep;
    return task.sweeping;
  }
}
