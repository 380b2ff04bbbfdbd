package eddy.task;

import eddy.feature.Event;
import eddy.learn.IncompatibleStateException;
import eddy.learn.KeyState;
import eddy.learn.LabelFate;
import eddy.learn.LearnerSpec;
import eddy.learn.Outcome;
import eddy.learn.Prequential;
import eddy.learn.Weights;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;

/**
 * The learner over many keys: finds what an event is learned with, learns, and keeps it.
 *
 * <p>The one learning loop above {@link Prequential}: whatever decides what is learned happens here
 * or below, the same for stream and replay. For one thread.
 */
public final class KeyedLearner {
  /** Where weights are kept that all keys of the partition share. */
  public static final Bytes PARTITION = Bytes.wrap("partition".getBytes(StandardCharsets.UTF_8));

  /** Where the task's own state is kept. */
  public static final Bytes TASK = Bytes.wrap("task".getBytes(StandardCharsets.UTF_8));

  private final Prequential learner;
  private final TaskStores stores;
  private final boolean weightsByKey;
  private final Sweep sweep;

  /** Null where losses are not scored. */
  private final LossScores scores;

  /** Null where drift is not looked for. */
  private final DriftWatch drift;

  /** The store has no other object, so that this one stays its live one. */
  private final TaskState task;

  private final List<Bytes> expired = new ArrayList<>();
  private KeyState state;
  private Weights weights;

  /**
   * A learner that goes on where its stores stand.
   *
   * @param learner made of the spec
   * @throws eddy.learn.IncompatibleStateException where the stores hold the weights of another
   *     configuration; before any event, so that nothing is mixed
   */
  public KeyedLearner(Prequential learner, LearnerSpec spec, TaskStores stores) {
    this.learner = learner;
    this.stores = stores;
    weightsByKey = spec.scope() == LearnerSpec.Scope.KEY;
    boolean deadline = learner.waitingPlan().events() > 0 && spec.deadline().isTimed();
    sweep = new Sweep(stores.keys(), spec.ttlMillis(), deadline ? spec.deadline().millis() : 0);
    scores = stores.losses() == null ? null : new LossScores(spec.targets(), stores.losses());
    drift = spec.drift().looks() ? new DriftWatch(learner, spec, stores) : null;
    if (!weightsByKey) {
      stores.weights().get(PARTITION);
    }
    TaskState kept = stores.task().get(TASK);
    task = kept == null ? new TaskState() : kept;
    requireSameLearner(task.fingerprint);
    pace();
  }

  /** Where every key has its own weights, they would be refused at the first event only. */
  private void requireSameLearner(long found) {
    if (found != 0 && found != learner.fingerprint()) {
      throw new IncompatibleStateException(
          "task state: expected fingerprint of the configuration (reset the application, or take a"
              + " new application.id) "
              + Long.toHexString(learner.fingerprint())
              + ", found "
              + Long.toHexString(found));
    }
  }

  /**
   * Learns from an event and predicts; of a refused one the stores keep no more than that it came.
   *
   * @return the outcome, valid until the next event
   */
  public Outcome observe(Bytes key, Event event) {
    expired.clear();
    long streamTime = Math.max(task.streamTime, event.timestamp);
    Bytes scope = find(key, streamTime);
    boolean isNew = state.events() == 0;
    Outcome outcome = learner.observe(event, state, weights);
    task.add(Counter.TRACES_LOST, state.takeTracesLost() ? 1 : 0);
    task.add(Counter.LATE, outcome.late ? 1 : 0);
    task.add(Counter.DUPLICATE, outcome.duplicate ? 1 : 0);
    if (outcome.refusal == null) {
      state.touch(streamTime);
      task.fingerprint = learner.fingerprint();
      task.streamTime = streamTime;
      task.add(Counter.EVENTS);
      watch(scope, key, outcome, isNew);
      stores.keys().put(key, state);
      stores.weights().put(scope, weights);
    }
    score(key, outcome);
    task.add(Counter.LABELS_SETTLED, outcome.settledEarly);
    if (outcome.refusal == null) {
      Sweep.Found found = sweep.after(task);
      found.expired().forEach(this::expire);
      found.silent().forEach(this::giveUpLate);
    }
    count(outcome, task);
    return outcome;
  }

  /** Gives up what waits in a key for longer than it may; the outcome tells of it too. */
  private void giveUpLate(Bytes key) {
    KeyState silent = stores.keys().get(key);
    Weights own = stores.weights().get(weightsByKey ? key : PARTITION);
    if (own != null && learner.giveUpLate(task.streamTime, silent, own)) {
      stores.keys().put(key, silent);
    }
  }

  private void score(Bytes key, Outcome outcome) {
    if (scores != null) {
      scores.take(key, outcome);
    }
  }

  private void watch(Bytes scope, Bytes key, Outcome outcome, boolean isNew) {
    if (drift != null) {
      drift.take(scope, key, outcome, isNew, state, weights, task);
    }
  }

  private void expire(Bytes key) {
    delete(key, Counter.KEYS_EXPIRED);
    expired.add(key);
  }

  /** Brings what a key is learned with, and says where its weights are kept. */
  private Bytes find(Bytes key, long streamTime) {
    Bytes scope = weightsByKey ? key : PARTITION;
    state = stores.keys().get(key);
    if (state != null && sweep.expired(state.touched(), streamTime)) {
      expire(key);
      state = null;
    }
    if (state == null) {
      state = learner.newKeyState();
    }
    weights = stores.weights().get(scope);
    if (weights == null) {
      weights = learner.newWeights();
    }
    if (drift != null) {
      drift.begin(scope, key, state, task);
    }
    return scope;
  }

  private static void count(Outcome outcome, TaskState task) {
    task.add(Counter.EXPIRED, outcome.expired);
    task.add(Counter.LABELS_UNKNOWN, outcome.unknown);
    task.add(Counter.FALLBACKS, outcome.drops);
  }

  /**
   * Learns from a label that comes by itself.
   *
   * @param id of its event, as {@link Prequential#label} has it
   * @return the outcome, valid until the next event or label
   */
  public Outcome label(Bytes key, long id, Event label) {
    expired.clear();
    Bytes scope = find(key, task.streamTime);
    Outcome outcome = learner.label(id, label, task.streamTime, state, weights);
    count(outcome, task);
    score(key, outcome);
    if (outcome.fate != LabelFate.DUPLICATE) {
      watch(scope, key, outcome, false);
    }
    switch (outcome.fate) {
      case SETTLED -> {
        task.add(Counter.LABELS_SETTLED);
        for (int i = 0; i < outcome.settledOrigins; i++) {
          long lag = task.streamTime - outcome.settlements[i].originTimestamp;
          task.add(Counter.LABEL_LAG_MS, Math.max(0, lag));
        }
        stores.weights().put(scope, weights);
      }
      case EARLY -> task.add(Counter.LABELS_EARLY);
      case LATE -> task.add(Counter.LABELS_LATE);
      case DUPLICATE -> task.add(Counter.LABELS_DUPLICATE);
      case UNKNOWN -> task.add(Counter.LABELS_UNKNOWN);
    }
    if (outcome.fate != LabelFate.DUPLICATE) {
      state.touch(task.streamTime);
      stores.keys().put(key, state);
    }
    return outcome;
  }

  /**
   * Deletes what is kept of a key, and its weights where it has its own.
   *
   * @return labels that the key was waiting for
   */
  public int delete(Bytes key) {
    return delete(key, Counter.DELETED);
  }

  private int delete(Bytes key, Counter counter) {
    KeyState deleted = stores.keys().get(key);
    if (deleted == null) {
      return 0;
    }
    int waiting = learner.waiting(deleted);
    stores.keys().delete(key);
    if (scores != null) {
      scores.forget(key);
    }
    if (drift != null) {
      drift.forget(key);
    }
    if (weightsByKey) {
      stores.weights().delete(key);
    }
    task.add(counter);
    task.add(Counter.FORGOTTEN, waiting);
    return waiting;
  }

  /** Learns as the task's own state says from now on. */
  void pace() {
    learner.pace(!task.paused, task.rateFactor);
  }

  /**
   * The partition's weights as others take them in, where it is time to tell them; null where not.
   */
  public byte[] publish() {
    if (weightsByKey || weights == null || !learner.sharing().isDue(weights)) {
      return null;
    }
    byte[] published = learner.sharing().publish(weights);
    stores.weights().put(PARTITION, weights);
    return published;
  }

  /**
   * Takes in what another partition has learned.
   *
   * @param published what {@link #publish} gave there
   * @return false where it is not finite and was left alone
   * @throws eddy.learn.IncompatibleStateException where it was learned by another configuration
   */
  public boolean merge(int partition, byte[] published) {
    Weights own = stores.weights().get(PARTITION);
    if (own == null) {
      own = learner.newWeights();
    }
    boolean merged = learner.sharing().merge(own, published, partition);
    stores.weights().put(PARTITION, own);
    return merged;
  }

  /** The task's own state; what is changed in it is stored by {@link #keep}. */
  public TaskState task() {
    return task;
  }

  /** Stores the task's own state as it is now; to be called once for whatever was taken in. */
  void keep() {
    stores.task().put(TASK, task);
  }

  /** How surprising what the newest event or label has settled is; null where it is not scored. */
  public LossScores scores() {
    return scores;
  }

  /** What is found in the losses of the newest event or label; null where it is not looked for. */
  public DriftWatch drift() {
    return drift;
  }

  /** Keys that the newest event or label has found expired, its own among them. */
  public List<Bytes> expired() {
    return Collections.unmodifiableList(expired);
  }

  /** State that the newest event was learned with; null before the first. */
  public KeyState state() {
    return state;
  }

  /** Weights that the newest event was learned with; null before the first. */
  public Weights weights() {
    return weights;
  }

  /** Name of the class in a slot, by the weights of the newest event; null where it has none. */
  public String className(int target, int slot) {
    return learner.className(weights, target, slot);
  }
}
