package eddy.learn;

import eddy.feature.Event;
import eddy.feature.FeatureEncoder;
import eddy.feature.FieldKind;
import eddy.feature.SequenceSpec;
import eddy.math.Kernels;
import eddy.readout.Slice;
import java.util.Arrays;

/**
 * The order of things at an event: labels that it brings, what it shows, predictions, labels that
 * stand in it. Holds scratch: one per thread.
 */
final class LearningLoop {
  /** Encoded inputs stay within; only raw features can reach it. */
  private static final float INPUT_BOUND = 1e6f;

  private static final int NONE = -1;

  private final SequenceSpec sequence;
  private final FeatureEncoder features;
  private final Targets targets;
  private final Lookahead lookahead;

  /** Where an event says that its sequence ends, NONE where sequences do not end. */
  private final int endField;

  private final long gapMs;
  private final Arrivals arrivals;
  private final Member[] members;
  private final Mixture mixture;
  private final Gate gate;
  private final Outcome outcome;
  private final Origin origin;
  private final Origins origins;
  private final LabelCredit credit;

  /** A label that has waited for its event. */
  private final Event heldLabel;

  /** What is said of a key that has fallen back. */
  private final String fallback;

  /** Drops of sensitivities that outcomes have told of. */
  private long dropsTold;

  LearningLoop(
      LearnerSpec spec,
      Blueprint blueprint,
      Kernels kernels,
      Member[] members,
      Origin origin,
      Origins origins,
      Outcome outcome,
      String fallback) {
    this.members = members;
    this.origin = origin;
    this.origins = origins;
    this.outcome = outcome;
    this.fallback = fallback;
    features = blueprint.features;
    targets = blueprint.targets;
    lookahead = blueprint.lookahead;
    sequence = spec.sequence();
    endField =
        sequence.ends() ? blueprint.schema.index(sequence.endField(), FieldKind.TRUTH) : NONE;
    gapMs = sequence.gap().toMillis();
    arrivals = new Arrivals(spec.arrivals(), blueprint.schema);
    heldLabel = new Event(blueprint.schema);
    mixture = new Mixture(kernels, members, targets.outputs);
    gate = new Gate(spec.gate());
    credit = new LabelCredit(spec, targets, members, mixture, gate, origin, origins, outcome);
  }

  /** {@link LabelCredit#learn}. */
  void learn(boolean learns) {
    credit.learn(learns);
  }

  /** {@link Prequential#observe}. */
  Outcome observe(Event event, KeyState key, Weights weights) {
    outcome.begin();
    arrivals.judge(event, key, outcome);
    if (outcome.refusal != null) {
      return outcome;
    }
    if (isAfterGap(event, key)) {
      startSequence(key);
    }
    outcome.begins = key.events == key.started;
    settleDueOrigins(event, key, weights);
    settleEarlierOrigins(event, key, weights);
    for (int t = 0; t < targets.count(); t++) {
      if (targets.shown(t)) {
        credit.rememberLast(t, event, key, weights);
      }
    }
    boolean ends = ends(event);
    Event labelled = take(event, ElapsedTime.of(event, key, weights), ends, key, weights);
    if (outcome.predicted) {
      settleOwnLabels(labelled, key, weights);
      settleHeldLabel(arrivals.labelId(event), key, weights);
    }
    if (credit.learns()) {
      features.absorb(key.features, weights.features);
      ElapsedTime.absorb(event, key, weights);
    } else {
      features.remember(key.features);
    }
    ElapsedTime.remember(event, key);
    arrivals.remember(event, key);
    pass(labelled, ends, key);
    tellDrops();
    return outcome;
  }

  private void tellDrops() {
    long drops = 0;
    for (Member member : members) {
      drops += member.network().drops();
    }
    outcome.drops = (int) (drops - dropsTold);
    dropsTold = drops;
  }

  /** {@link Prequential#label}. */
  Outcome label(long id, Event label, long time, KeyState key, Weights weights) {
    if (!takesLabels()) {
      throw new IllegalStateException("no target is written field@label");
    }
    outcome.begin();
    long number = origins.find(id, key.waiting);
    if (number >= 0 && origins.expireLate(number, time, key, weights, outcome)) {
      outcome.fate = LabelFate.LATE;
    } else if (number >= 0) {
      settleWaiting(label, 0, number, key, weights);
      outcome.fate = LabelFate.SETTLED;
    } else {
      outcome.fate = fateWithoutOrigin(id, label, key);
    }
    tellDrops();
    return outcome;
  }

  /** {@link Prequential#giveUpLate}. */
  boolean giveUpLate(long time, KeyState key, Weights weights) {
    return origins.expireLate(time, key, weights, outcome);
  }

  private LabelFate fateWithoutOrigin(long id, Event label, KeyState key) {
    byte known = origins.fate(id, key.waiting);
    if (known != Waiting.OPEN) {
      return known == Waiting.SETTLED ? LabelFate.DUPLICATE : LabelFate.LATE;
    }
    return origins.hold(id, label, key, outcome) ? LabelFate.EARLY : LabelFate.DUPLICATE;
  }

  /** Applies a label that has come before the event that has just been predicted. */
  private void settleHeldLabel(long id, KeyState key, Weights weights) {
    int held = key.waiting.earlyFor(id);
    if (held >= 0) {
      origins.takeEarly(held, key.waiting, heldLabel);
      settleWaiting(heldLabel, 0, origins.find(id, key.waiting), key, weights);
      outcome.settledEarly++;
    }
  }

  /** Settles the origins whose time has come; each makes an update of its own. */
  private void settleDueOrigins(Event event, KeyState key, Weights weights) {
    for (int i = 0; i < targets.irregular; i++) {
      Lane lane = targets.lanes.get(i);
      if (lane.timed()) {
        long number = origins.due(lane, 0, event.timestamp, key.waiting);
        while (number >= 0) {
          settleWaiting(event, i, number, key, weights);
          number = origins.due(lane, number + 1, event.timestamp, key.waiting);
        }
      }
    }
  }

  private void settleWaiting(Event event, int lane, long number, KeyState key, Weights weights) {
    int reached = origins.reach(lane, number, key, weights, origin);
    boolean credited = credit.settle(event, lane, reached, key, weights);
    if (targets.lanes.get(lane).labelled()) {
      for (int target : targets.lanes.get(lane).targets()) {
        credit.rememberLast(target, event, key, weights);
      }
    }
    origins.close(lane, number, key, weights);
    credit.update(credited, key, weights);
  }

  private boolean isAfterGap(Event event, KeyState key) {
    return gapMs > 0 && key.events > key.started && event.timestamp - key.timestamp > gapMs;
  }

  private boolean ends(Event event) {
    return endField != NONE && event.numbers[endField] == 1;
  }

  /** What comes after an event whose predictions have been dealt with. Modifies only key. */
  private void pass(Event labelled, boolean ends, KeyState key) {
    if (labelled != null) {
      long number = key.events - key.started - lookahead.events();
      targets.remember(labelled.numbers, key.references, number);
    }
    key.events++;
    if (ends) {
      startSequence(key);
    }
  }

  /** What was learned stays; what a key remembers of its last sequence does not. */
  private void startSequence(KeyState key) {
    outcome.unlabelled += counted(key);
    outcome.unlabelled += origins.endSequence(key.waiting);
    key.started = key.events;
    for (MemberState member : key.members) {
      member.startSequence();
    }
    Arrays.fill(key.features, 0);
    for (int t = 0; t < targets.count(); t++) {
      if (targets.shown(t)) {
        key.last[t] = Double.NaN;
      }
    }
  }

  /** {@link Prequential#waiting}. */
  int waiting(KeyState key) {
    return counted(key) + origins.waiting(key.waiting);
  }

  /** Those of them that come with a later event, by count. */
  private int counted(KeyState key) {
    long length = key.events - key.started;
    return targets.waiting(length) + (int) (targets.count() * Math.min(lookahead.events(), length));
  }

  /** {@link Prequential#follow}. */
  Outcome follow(Event event, KeyState key, Weights weights) {
    outcome.begin();
    for (int i = 0; i < targets.lanes.size(); i++) {
      advance(i, key, weights);
    }
    for (int t = 0; t < targets.count(); t++) {
      if (targets.shown(t)) {
        credit.rememberKnown(t, event, key, weights);
      }
    }
    boolean ends = ends(event);
    Event labelled = take(event, 1f, ends, key, weights);
    for (int t = 0; outcome.predicted && t < targets.count(); t++) {
      if (targets.sameEvent(t)) {
        credit.rememberKnown(t, labelled, key, weights);
      }
    }
    features.remember(key.features);
    key.timestamp += Math.round(weights.gaps[1]);
    pass(labelled, ends, key);
    return outcome;
  }

  /**
   * Brings a lane to the origin whose label falls due now, and that origin into scratch.
   *
   * @return whether there is one
   */
  private boolean advance(int lane, KeyState key, Weights weights) {
    int horizon = targets.lanes.get(lane).horizon();
    if (horizon <= 0 || key.events - key.started < horizon) {
      return false;
    }
    origin.recall(horizon, key);
    for (int m = 0; m < members.length; m++) {
      members[m].advance(weights.members[m], key.members[m], lane, origin.x, origin.dt);
    }
    return true;
  }

  private void settleEarlierOrigins(Event event, KeyState key, Weights weights) {
    boolean credited = false;
    for (int i = 0; i < targets.lanes.size(); i++) {
      if (advance(i, key, weights)) {
        credited |= credit.settle(event, i, LabelCredit.LANES, key, weights);
      }
    }
    credit.update(credited, key, weights);
  }

  private void settleOwnLabels(Event labelled, KeyState key, Weights weights) {
    int last = targets.lanes.size() - 1;
    if (targets.lanes.get(last).horizon() == 0) {
      credit.update(credit.settle(labelled, last, LabelCredit.LANES, key, weights), key, weights);
      for (int target : targets.lanes.get(last).targets()) {
        credit.rememberLast(target, labelled, key, weights);
      }
    }
  }

  /**
   * Takes the newest event in, and predicts if it is time to.
   *
   * @return the event that is labelled now; null where too few have passed
   */
  private Event take(Event event, float elapsed, boolean ends, KeyState key, Weights weights) {
    long number = key.events - key.started;
    Event labelled = lookahead.exchange(event, key.passed, number);
    encode(lookahead.shown(event, labelled), elapsed, key, weights);
    lookahead.exchange(origin.x, origin.active, key.passed, number);
    outcome.predicted = labelled != null && (ends || !sequence.whole());
    if (outcome.predicted) {
      predict(labelled, number - lookahead.events(), key, weights);
    }
    origin.position = event.position;
    origin.timestamp = event.timestamp;
    if (outcome.predicted) {
      origin.store(key);
    }
    origins.push(origin, arrivals.labelId(event), outcome.predicted, key, weights, outcome);
    return labelled;
  }

  /** Encodes an event, and lets every member take it in. */
  private void encode(Event event, float elapsed, KeyState key, Weights weights) {
    float[] x = origin.x;
    features.encode(event, key.features, weights.features, x, 0);
    for (int i = 0; i < x.length; i++) {
      x[i] = Math.max(-INPUT_BOUND, Math.min(INPUT_BOUND, x[i]));
    }
    features.encodeRows(key.features, origin.active);
    origin.dt = elapsed;
    for (int m = 0; m < members.length; m++) {
      members[m].take(weights.members[m], key.members[m], x, elapsed);
    }
  }

  /**
   * Predicts for the event whose inputs the origin holds.
   *
   * @param number of the event in its sequence, from 0
   */
  private void predict(Event event, long number, KeyState key, Weights weights) {
    float[] mixed = origin.mixed();
    for (int m = 0; m < members.length; m++) {
      members[m].predict(weights.members[m], key.members[m], origin.x, origin.active, origin.z[m]);
    }
    outcome.updates = weights.updates;
    outcome.labelledPosition = event.position;
    outcome.fallback = fallenBack(key) ? fallback : null;
    for (int t = 0; t < targets.count(); t++) {
      Slice slice = targets.slices[t];
      mixture.mix(weights.mixture[t], t, slice, origin.z, mixed);
      Outcome.Prediction prediction = outcome.predictions[t];
      int at = t * Head.ORIGIN;
      targets.heads[t].predict(
          weights,
          mixed,
          slice.at(),
          key.last[t],
          targets.reference(t, event.numbers, key.references, number),
          prediction,
          origin.heads,
          at);
      origin.heads[at + Head.GATED] = gate.publish(weights.gates[t], prediction) ? 1 : 0;
    }
  }

  /** Whether labels of some target come by themselves. */
  boolean takesLabels() {
    return targets.lanes.get(0).labelled();
  }

  /** What {@link #label} calls an event. */
  long eventId(Event event) {
    return arrivals.labelId(event);
  }

  private boolean fallenBack(KeyState key) {
    boolean fallen = false;
    for (int m = 0; m < members.length; m++) {
      fallen |= members[m].fallenBack(key.members[m]);
    }
    return fallen;
  }
}
