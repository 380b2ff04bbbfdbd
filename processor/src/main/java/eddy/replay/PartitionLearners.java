package eddy.replay;

import eddy.learn.KeyState;
import eddy.learn.LearnerSpec;
import eddy.learn.Prequential;
import eddy.learn.Weights;
import eddy.state.MapStore;
import eddy.state.ObjectStore;
import eddy.task.Counter;
import eddy.task.KeyedLearner;
import eddy.task.TaskState;
import eddy.task.TaskStores;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.common.utils.Utils;

/**
 * The learners of a replay, one for each partition that the keys of a source are spread over, with
 * keys and weights of its own.
 */
final class PartitionLearners implements Frozen.Original {
  private final Prequential learner;
  private final LearnerSpec spec;
  private final boolean passes;
  private final boolean weightsPerKey;
  private final List<MapStore<KeyState>> keys = new ArrayList<>();
  private final List<ObjectStore<Weights>> weights = new ArrayList<>();
  private final List<KeyedLearner> learners = new ArrayList<>();
  private int sets; // of weights

  /**
   * Learners that {@link #begin} is still to come for.
   *
   * @param learner made of the spec
   * @param partitions at least 1
   * @param passes whether weights stay from source to source, and keys begin anew
   */
  PartitionLearners(Prequential learner, LearnerSpec spec, int partitions, boolean passes) {
    this.learner = learner;
    this.spec = spec;
    this.passes = passes;
    weightsPerKey = spec.scope() == LearnerSpec.Scope.KEY;
    for (int partition = 0; partition < partitions; partition++) {
      keys.add(new MapStore<>());
      weights.add(new MapStore<>());
      learners.add(null);
    }
  }

  /** Begins a source. */
  void begin() {
    ObjectStore<TaskState> counts = new MapStore<>();
    for (int partition = 0; partition < learners.size(); partition++) {
      begin(partition, counts);
    }
  }

  private void begin(int partition, ObjectStore<TaskState> counts) {
    MapStore<KeyState> before = keys.get(partition);
    MapStore<KeyState> states = new MapStore<>();
    keys.set(partition, states);
    if (!passes) {
      weights.set(partition, new MapStore<>());
    } else if (weightsPerKey) {
      before.forEach((key, state) -> states.put(key, learner.newKeyState()));
    }
    TaskStores stores = new TaskStores(states, weights.get(partition), counts);
    learners.set(partition, new KeyedLearner(learner, spec, stores.withLosses(new MapStore<>())));
    sets += passes && sets == learners.size() ? 0 : 1;
  }

  /** Where a key belongs, as Kafka's producers have it. */
  int partition(Bytes key) {
    return Utils.toPositive(Utils.murmur2(key.get())) % learners.size();
  }

  @Override
  public int partitions() {
    return learners.size();
  }

  @Override
  public MapStore<KeyState> keys(int partition) {
    return keys.get(partition);
  }

  @Override
  public ObjectStore<Weights> weights(int partition) {
    return weights.get(partition);
  }

  @Override
  public KeyedLearner learner(int partition) {
    return learners.get(partition);
  }

  /** Tells the weights of a partition to the others, where it is time to. */
  void share(int source) {
    byte[] published = learners.size() == 1 ? null : learners.get(source).publish();
    for (int partition = 0; published != null && partition < learners.size(); partition++) {
      if (partition != source) {
        learners.get(partition).merge(source, published);
      }
    }
  }

  /** Sets of weights that there have been, where keys share them. */
  int sets() {
    return sets;
  }

  /** What all partitions of the newest source have counted. */
  TaskState counts() {
    TaskState sum = new TaskState();
    for (KeyedLearner each : learners) {
      for (Counter counter : Counter.values()) {
        sum.add(counter, each.task().count(counter));
      }
    }
    return sum;
  }
}
