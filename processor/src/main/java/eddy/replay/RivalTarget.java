package eddy.replay;

import eddy.baseline.Baselines;
import eddy.feature.TargetSpec;
import eddy.feature.TargetSpec.Horizon;
import eddy.learn.Prequential;
import java.util.List;

/**
 * A target of the learner, as its rivals see it.
 *
 * @param field of its label in an event
 * @param waiting most origins of a key that wait for its label
 */
record RivalTarget(TargetSpec spec, int field, int waiting) {
  /** A target of a learner that is made of it. */
  static RivalTarget of(TargetSpec target, Prequential learner) {
    boolean counted =
        target.horizon() instanceof Horizon.EventsAhead
            || target.horizon() instanceof Horizon.SameEvent;
    int waiting = 1 + (counted ? target.eventsAhead() : learner.waitingPlan().events());
    return new RivalTarget(target, learner.schema().index(target.field(), target.kind()), waiting);
  }

  /** Names of its rivals, in the order of all that they say. */
  List<String> names(Baselines baselines) {
    return category()
        ? baselines.ofClass(spec.slots(), 1).names()
        : baselines.ofNumber(ordered(), 1).names();
  }

  boolean category() {
    return spec.category();
  }

  /** Whether the event that brings a label shows what comes before the next. */
  boolean shown() {
    return spec.horizon() instanceof Horizon.EventsAhead || timed();
  }

  boolean timed() {
    return spec.horizon() instanceof Horizon.TimeAhead;
  }

  boolean own() {
    return spec.horizon() instanceof Horizon.SameEvent;
  }

  /** Whether labels come in the order of events. */
  boolean ordered() {
    return !(spec.horizon() instanceof Horizon.LabelTopic);
  }
}
