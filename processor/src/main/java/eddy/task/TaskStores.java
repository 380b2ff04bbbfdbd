package eddy.task;

import eddy.learn.KeyState;
import eddy.learn.Weights;
import eddy.state.MapStore;
import eddy.state.ObjectStore;
import java.util.Objects;

/**
 * Everything that a task keeps.
 *
 * @param keys states of keys
 * @param weights of the partition, or by key
 * @param task the task's own state
 * @param snapshots what was kept by command
 */
public record TaskStores(
    ObjectStore<KeyState> keys,
    ObjectStore<Weights> weights,
    ObjectStore<TaskState> task,
    ObjectStore<byte[]> snapshots) {
  /** Name of the store of snapshots, in an app that takes commands. */
  public static final String SNAPSHOTS = "eddy-snapshots";

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

  /** Empty stores that live as long as they are held. */
  public static TaskStores inMemory() {
    return new TaskStores(new MapStore<>(), new MapStore<>(), new MapStore<>());
  }
}
