package eddy.learn;

import eddy.feature.TargetSpec.Horizon;

/**
 * The targets of one horizon, which are settled, and credited, together.
 *
 * @param when their label comes
 * @param waiting number among the lanes whose labels come after no fixed count of events, -1 for
 *     others
 * @param targets their numbers, in configured order
 * @param outputFrom first raw output of these targets
 * @param outputCount their raw outputs
 */
record Lane(Horizon when, int waiting, int[] targets, int outputFrom, int outputCount) {
  /**
   * Events between origin and label, 0 for a label in the same event, -1 where none are counted.
   */
  int horizon() {
    if (irregular()) {
      return -1;
    }
    return when instanceof Horizon.EventsAhead ahead ? ahead.count() : 0;
  }

  /** Whether labels come after no fixed count of events. */
  boolean irregular() {
    return waiting >= 0;
  }

  /** Whether labels come by themselves, apart from events. */
  boolean labelled() {
    return when instanceof Horizon.LabelTopic;
  }

  /** Whether the event that brings the label of an origin is the first at or after its time. */
  boolean timed() {
    return when instanceof Horizon.TimeAhead;
  }

  /** Milliseconds between an origin and the time from which on its label may come. */
  long millis() {
    return when instanceof Horizon.TimeAhead ahead ? ahead.time().toMillis() : 0;
  }

  /**
   * Whether the newest state still is the origin's when its label comes: the label of the next
   * event comes before that event's inputs do.
   */
  boolean leads() {
    return !irregular() && horizon() <= 1;
  }

  /** Whether it keeps a state of its own that lags by a fixed count of events. */
  boolean lags() {
    return horizon() > 1;
  }
}
