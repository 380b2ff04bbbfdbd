package eddy.learn;

import eddy.feature.Dictionary;
import eddy.feature.Event;
import eddy.readout.Slice;
import java.util.Arrays;

/**
 * What a label does: it scores what was said at its origin, and lets every member learn from it.
 * Holds scratch: one per thread.
 */
final class LabelCredit {
  /** In place of what {@link Origins} has reached: the lanes' own states. */
  static final int LANES = -2;

  private final Targets targets;
  private final Member[] members;
  private final Mixture mixture;
  private final Gate gate;
  private final Origin origin;
  private final Origins origins;
  private final Outcome outcome;

  /** Updates between two times that weights are published; 0 where they are not. */
  private final int publishEvery;

  private final double[] labels;
  private boolean learning = true;

  LabelCredit(
      LearnerSpec spec,
      Targets targets,
      Member[] members,
      Mixture mixture,
      Gate gate,
      Origin origin,
      Origins origins,
      Outcome outcome) {
    this.targets = targets;
    this.members = members;
    this.mixture = mixture;
    this.gate = gate;
    this.origin = origin;
    this.origins = origins;
    this.outcome = outcome;
    publishEvery = spec.scope() == LearnerSpec.Scope.GLOBAL ? spec.weightsEvery() : 0;
    labels = new double[targets.count()];
  }

  /** Sets whether weights, and statistics among them, move. */
  void learn(boolean learns) {
    learning = learns;
  }

  /** Whether they do. */
  boolean learns() {
    return learning;
  }

  /**
   * Scores what was said at the origin, and lets every member learn from it.
   *
   * @param reached as {@link Origins#reach} says, or {@link #LANES} for the states of the lane
   */
  boolean settle(Event event, int laneNumber, int reached, KeyState key, Weights weights) {
    int[] due = targets.lanes.get(laneNumber).targets();
    Outcome.Settlement settlement = outcome.next();
    settlement.originPosition = origin.position;
    settlement.originTimestamp = origin.timestamp;
    settlement.labelPosition = event.position;
    Arrays.fill(settlement.settled, false);
    boolean any = false;
    for (int t : due) {
      double label = label(t, event, weights);
      labels[t] = Double.NaN;
      if (Double.isNaN(label)) {
        outcome.unlabelled++;
      } else {
        any = true;
        settlement.settled[t] = true;
        settlement.label[t] = label;
        settlement.text[t] = event.categories[targets.field[t]];
        labels[t] = settle(t, label, settlement.prediction[t], weights);
      }
    }
    if (any) {
      outcome.settledOrigins++;
    }
    if (any && learning) {
      for (int m = 0; m < members.length; m++) {
        members[m].learn(
            weights.members[m],
            reached == LANES ? key.members[m].lanes()[laneNumber] : origins.states(m, reached, key),
            laneNumber,
            origin.x,
            origin.active,
            origin.z[m],
            due,
            labels);
      }
    }
    return any;
  }

  private double settle(int t, double label, Outcome.Prediction scored, Weights weights) {
    Head head = targets.heads[t];
    Slice slice = targets.slices[t];
    int at = t * Head.ORIGIN;
    head.score(label, origin.mixed(), slice.at(), origin.heads, at, scored);
    if (origin.heads[at + Head.GATED] == 1) {
      Gate.putBaseline(scored);
    }
    if (!learning) {
      return label;
    }
    gate.score(weights.gates[t], label, scored);
    double lesson = head.settle(weights, label, origin.heads, at);
    for (int m = 0; m < members.length; m++) {
      head.renew(weights, origin.heads, at, origin.z[m], slice.at());
    }
    mixture.score(weights.mixture[t], t, slice, lesson, origin.z);
    return lesson;
  }

  void update(boolean credited, KeyState key, Weights weights) {
    if (!credited || !learning) {
      return;
    }
    weights.updates++;
    if (publishEvery > 0) {
      weights.contributions.update(publishEvery);
    }
    for (int m = 0; m < members.length; m++) {
      if (!members[m].update(weights.members[m], weights.updates)) {
        weights.skipped++;
        // sensitivities that gave a gradient out of range would give it again
        origins.reset(m, key);
      }
    }
  }

  /** The label of a target in this event, a class by its slot, NaN where it is absent. */
  private double label(int target, Event event, Weights weights) {
    int field = targets.field[target];
    if (weights.classes[target] == null) {
      return event.numbers[field];
    }
    String text = event.categories[field];
    if (text == null) {
      return Double.NaN;
    }
    Dictionary classes = weights.classes[target];
    return learning ? classes.assign(text) : classes.slotOf(text);
  }

  void rememberLast(int target, Event event, KeyState key, Weights weights) {
    double value = label(target, event, weights);
    if (!Double.isNaN(value)) {
      key.last[target] = value;
    }
  }

  /** The same without giving a class its slot. */
  void rememberKnown(int target, Event event, KeyState key, Weights weights) {
    Dictionary classes = weights.classes[target];
    int field = targets.field[target];
    if (classes == null) {
      double value = event.numbers[field];
      key.last[target] = Double.isNaN(value) ? key.last[target] : value;
    } else if (event.categories[field] != null) {
      key.last[target] = classes.slotOf(event.categories[field]);
    }
  }
}
