package eddy.task;

import eddy.drift.DriftAction;
import eddy.drift.DriftSpec;
import eddy.drift.DriftState;
import eddy.drift.LossWatch;
import eddy.feature.TargetSpec;
import eddy.learn.KeyState;
import eddy.learn.LearnerSpec;
import eddy.learn.Outcome;
import eddy.learn.Prequential;
import eddy.learn.Weights;
import eddy.state.ObjectStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;

/**
 * Looks for drift in the losses of what a task has learned, and does what is to be done about it.
 *
 * <p>A set of weights has a detector for every target. Where all keys of a partition share them, a
 * key whose state is of weights that have been reset since is taken back to the start when
 * something is next heard of it. For one thread.
 */
public final class DriftWatch {
  private static final byte KEY = 'k';

  private final Prequential learner;
  private final DriftSpec spec;
  private final List<TargetSpec> targets;
  private final boolean weightsByKey;
  private final ObjectStore<DriftState> store;
  private final ObjectStore<KeyState> keys;
  private final List<Found> newest = new ArrayList<>();

  /**
   * A drift that was found.
   *
   * @param settlement number of the settlement that it was found at
   * @param target number of the target whose losses have risen
   * @param labels of the target that the same weights have had so far
   * @param time stream time
   * @param before mean loss before, of about the last 1000 labels
   * @param after mean loss of the newest 64 labels
   */
  public record Found(
      int settlement, int target, long labels, long time, double before, double after) {}

  DriftWatch(Prequential learner, LearnerSpec spec, TaskStores stores) {
    this.learner = learner;
    this.spec = spec.drift();
    targets = spec.targets();
    weightsByKey = spec.scope() == LearnerSpec.Scope.KEY;
    store = stores.drift();
    keys = stores.keys();
  }

  /**
   * Prepares to learn with a set of weights: sets the pace, and takes back a state that is of
   * weights before a reset. Modifies the learner, the state and the stores.
   *
   * @param scope where the weights are kept
   */
  void begin(Bytes scope, Bytes key, KeyState state, TaskState task) {
    newest.clear();
    if (!spec.acts()) {
      return;
    }
    DriftState drift = of(scope);
    if (spec.action() instanceof DriftAction.Boost boost) {
      float factor = drift.boosted > 0 ? boost.factor() : 1f;
      learner.pace(!task.paused, task.rateFactor * factor);
    } else if (spec.resets() && !weightsByKey && drift.resetAt != 0) {
      tell(drift.resetAt, key, state);
    }
  }

  private void tell(long resetAt, Bytes key, KeyState state) {
    DriftState known = store.get(at(key));
    if (state.events() > 0 && (known == null || known.resetAt != resetAt)) {
      learner.restart(state);
      keys.put(key, state);
      store.put(at(key), DriftState.ofKey(resetAt));
    }
  }

  /**
   * Takes in what was settled, and acts on drift. Modifies the stores, weights and state.
   *
   * @param isNew whether the state is that of a new key, which is kept now
   */
  void take(
      Bytes scope,
      Bytes key,
      Outcome outcome,
      boolean isNew,
      KeyState state,
      Weights weights,
      TaskState task) {
    DriftState drift = of(scope);
    if (isNew && !weightsByKey && drift.resetAt != 0) {
      long resetAt = drift.resetAt;
      store.put(at(key), DriftState.ofKey(resetAt));
      drift = of(scope);
    }
    if (outcome.settledOrigins == 0 || task.paused) {
      return;
    }
    for (int i = 0; i < outcome.settledOrigins; i++) {
      drift.boosted -= drift.boosted > 0 ? 1 : 0;
      for (int t = 0; t < targets.size(); t++) {
        look(drift, outcome.settlements[i], i, t, task);
      }
    }
    boolean found = !newest.isEmpty();
    if (found && spec.action() instanceof DriftAction.Boost boost) {
      drift.restart();
      drift.boosted = boost.labels();
    } else if (found && spec.resets()) {
      drift.restart();
      drift.resetAt = task.count(Counter.DRIFT);
      learner.reset(weights);
      learner.restart(state);
    }
    long resetAt = drift.resetAt;
    store.put(scope, drift);
    if (found && spec.resets() && !weightsByKey) {
      store.put(at(key), DriftState.ofKey(resetAt));
    }
  }

  private void look(
      DriftState drift, Outcome.Settlement settlement, int number, int t, TaskState task) {
    double loss = settlement.settled[t] ? loss(settlement, t) : Double.NaN;
    if (!Double.isFinite(loss)) {
      return;
    }
    LossWatch watch = drift.of(t);
    if (watch.add(loss)) {
      newest.add(
          new Found(number, t, watch.labels(), task.streamTime, watch.before(), watch.after()));
      task.add(Counter.DRIFT);
      watch.restart();
    }
  }

  /** Of the learner itself, also where its baseline was published. */
  private double loss(Outcome.Settlement settlement, int t) {
    Outcome.Prediction prediction = settlement.prediction[t];
    return targets.get(t).category()
        ? 1 - prediction.probability
        : Math.abs(prediction.model - settlement.label[t]);
  }

  private DriftState of(Bytes scope) {
    DriftState kept = store.get(scope);
    // another detector than that of before begins anew
    return kept != null && kept.detection().equals(spec.detection()) ? kept : newState();
  }

  private DriftState newState() {
    boolean[] bounded = new boolean[targets.size()];
    for (int t = 0; t < bounded.length; t++) {
      bounded[t] = targets.get(t).category();
    }
    return DriftState.of(spec.detection(), bounded);
  }

  /** What was found at the newest event or label. */
  public List<Found> newest() {
    return newest;
  }

  /** Forgets a key. */
  void forget(Bytes key) {
    if (weightsByKey) {
      store.delete(key);
    } else if (spec.resets()) {
      store.delete(at(key));
    }
  }

  /** Where the store keeps what is remembered for a key that shares its weights. */
  static Bytes at(Bytes key) {
    byte[] own = key.get();
    byte[] place = Arrays.copyOf(own, own.length + 1);
    place[own.length] = KEY;
    return Bytes.wrap(place);
  }
}
