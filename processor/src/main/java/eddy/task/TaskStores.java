package eddy.task;

import eddy.drift.DriftState;
import eddy.learn.KeyState;
import eddy.learn.Weights;
import eddy.state.MapStore;
import eddy.state.ObjectStore;
import eddy.surprise.KeyLosses;
import java.util.Objects;

/**
 * Everything that a task keeps.
 *
 * @param keys states of keys
 * @param weights of the partition, or by key
 * @param task the task's own state
 * @param snapshots what was kept by command
 * @param losses of keys, by which later ones are scored; null where none are
 * @param drift what is remembered of drift: where weights are kept, those of their losses
 */
public record TaskStores(
    ObjectStore<KeyState> keys,
    ObjectStore<Weights> weights,
    ObjectStore<TaskState> task,
    ObjectStore<byte[]> snapshots,
    ObjectStore<KeyLosses> losses,
    ObjectStore<DriftState> drift) {
  /** Name of the store of snapshots, in an app that takes commands. */
  public static final String SNAPSHOTS = "eddy-snapshots";

  /** Name of the store of losses, in an app that scores them. */
  public static final String LOSSES = "eddy-losses";

  /** Name of the store of what is remembered of drift, in an app that looks for it. */
  public static final String DRIFT = "eddy-drift";

  public TaskStores {
    Objects.requireNonNull(keys, "keys");
    Objects.requireNonNull(weights, "weights");
    Objects.requireNonNull(task, "task");
    Objects.requireNonNull(snapshots, "snapshots");
    Objects.requireNonNull(drift, "drift");
  }

  /** Stores of a task that is given no commands. */
  public TaskStores(
      ObjectStore<KeyState> keys, ObjectStore<Weights> weights, ObjectStore<TaskState> task) {
    this(keys, weights, task, new MapStore<>());
  }

  /** Stores of a task that scores no losses. */
  public TaskStores(
      ObjectStore<KeyState> keys,
      ObjectStore<Weights> weights,
      ObjectStore<TaskState> task,
      ObjectStore<byte[]> snapshots) {
    this(keys, weights, task, snapshots, null, new MapStore<>());
  }

  /** The same stores, and one of losses. */
  public TaskStores withLosses(ObjectStore<KeyLosses> kept) {
    return new TaskStores(keys, weights, task, snapshots, kept, drift);
  }

  /** The same stores, and another one of drift. */
  public TaskStores withDrift(ObjectStore<DriftState> kept) {
    return new TaskStores(keys, weights, task, snapshots, losses, kept);
  }

  /** Empty stores that live as long as they are held. */
  public static TaskStores inMemory() {
    return new TaskStores(new MapStore<>(), new MapStore<>(), new MapStore<>());
  }
}
