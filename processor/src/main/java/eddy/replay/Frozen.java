package eddy.replay;

import eddy.feature.Event;
import eddy.learn.KeyState;
import eddy.learn.LearnerSpec;
import eddy.learn.Outcome;
import eddy.learn.Prequential;
import eddy.learn.Weights;
import eddy.report.ScoredTarget.Estimate;
import eddy.report.ScoredTarget.Opinion;
import eddy.state.MapStore;
import eddy.state.ObjectStore;
import eddy.task.KeyedLearner;
import eddy.task.TaskState;
import eddy.task.TaskStateCodec;
import eddy.task.TaskStores;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;

/**
 * The learner as it was after so many events: weights and statistics stand still from then on,
 * states of keys go on. What its scores lack is what adapting has brought.
 *
 * <p>Until then it says what the learner says, and costs nothing; then it is a copy of everything,
 * and costs the predictions of a second learner, and its memory.
 */
final class Frozen {
  /** Where what is to be copied is. */
  interface Original {
    int partitions();

    MapStore<KeyState> keys(int partition);

    ObjectStore<Weights> weights(int partition);

    KeyedLearner learner(int partition);
  }

  private final Prequential copy;
  private final LearnerSpec spec;
  private final long after;
  private final List<KeyedLearner> learners = new ArrayList<>(); // none before
  private Original original;
  private long events;
  private Outcome outcome;
  private KeyedLearner newest;

  /**
   * Not frozen yet.
   *
   * @param copy of the spec, of its own
   * @param after events of a source
   */
  Frozen(Prequential copy, LearnerSpec spec, long after) {
    if (after < 1) {
      throw new IllegalArgumentException(
          "a network must learn from at least 1 event before it is frozen but does from " + after);
    }
    this.copy = copy;
    // what stands still neither drifts nor is reset
    this.spec = spec.withoutDrift();
    this.after = after;
  }

  /** Begins a source of events anew. */
  void begin(Original value) {
    original = value;
    learners.clear();
    events = 0;
  }

  /** Takes in an event that the learner has accepted, and what came of it there. */
  void observe(int partition, Bytes key, Event event, Outcome learned) {
    events++;
    choose(partition);
    outcome = learners.isEmpty() ? learned : newest.observe(key, event);
  }

  /** The same of a label that has come by itself. */
  void label(int partition, Bytes key, long id, Event label, Outcome learned) {
    choose(partition);
    outcome = learners.isEmpty() ? learned : newest.label(key, id, label);
  }

  private void choose(int partition) {
    newest = learners.isEmpty() ? original.learner(partition) : learners.get(partition);
  }

  /** What it said of a number that a settlement has the label of. */
  Estimate number(int settlement, int target) {
    Outcome.Prediction said = said(settlement, target);
    return Double.isFinite(said.model)
        ? new Estimate(said.model, said.spread())
        : new Estimate(said.baseline);
  }

  /** The same of a class. */
  Opinion opinion(int settlement, int target) {
    Outcome.Prediction said = said(settlement, target);
    String name = said.model < 0 ? null : newest.className(target, (int) said.model);
    Outcome.Settlement of = outcome.settlements[settlement];
    return Opinion.of(of.text[target], name, said.probability, said.rank((int) of.label[target]));
  }

  private Outcome.Prediction said(int settlement, int target) {
    return outcome.settlements[settlement].prediction[target];
  }

  void delete(int partition, Bytes key) {
    if (!learners.isEmpty()) {
      learners.get(partition).delete(key);
    }
  }

  /** Copies everything, once it is time to. To be called between events. */
  void freezeInTime() {
    if (events < after || !learners.isEmpty()) {
      return;
    }
    for (int partition = 0; partition < original.partitions(); partition++) {
      MapStore<KeyState> keys = new MapStore<>();
      original
          .keys(partition)
          .forEach((key, state) -> keys.put(key, copy.decodeKeyState(copy.encode(state))));
      MapStore<Weights> weights = new MapStore<>();
      original
          .weights(partition)
          .forEach((key, value) -> weights.put(key, copy.decodeWeights(copy.encode(value))));
      TaskStateCodec codec = new TaskStateCodec();
      MapStore<TaskState> task = new MapStore<>();
      task.put(KeyedLearner.TASK, codec.decode(codec.encode(original.learner(partition).task())));
      learners.add(new KeyedLearner(copy, spec, new TaskStores(keys, weights, task)));
    }
    copy.pace(false, 1);
  }
}
