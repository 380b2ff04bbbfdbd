package eddy.task;

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
 */
public record TaskStores(
    ObjectStore<KeyState> keys,
    ObjectStore<Weights> weights,
    ObjectStore<TaskState> task,
    ObjectStore<byte[]> snapshots,
    ObjectStore<KeyLosses> losses) {
  /** Name of the store of snapshots, in an app that takes commands. */
  public static final String SNAPSHOTS = "eddy-snapshots";

  /** Name of the store of losses, in an app that scores them. */
  public static final String LOSSES = "eddy-losses";

  public TaskStores {
    Objects.requireNonNull(keys, "keys");
    Objects.requireNonNull(weights, "weights");
    Objects.requireNonNull(task, "task");
    Objects.requireNonNull(snapshots, "snapshots");
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
    this(keys, weights, task, snapshots, null);
  }

  /** The same stores, and one of losses. */
  public TaskStores withLosses(ObjectStore<KeyLosses> kept) {
    return new TaskStores(keys, weights, task, snapshots, kept);
  }

  /** Empty stores that live as long as they are held. */
  public static TaskStores inMemory() {
    return new TaskStores(new MapStore<>(), new MapStore<>(), new MapStore<>());
  }
}
