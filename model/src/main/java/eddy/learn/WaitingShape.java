package eddy.learn;

/**
 * What decides how origins wait: what is kept of each, and which lanes they wait for.
 *
 * @param lanes whose labels come after no fixed count of events
 * @param labelled whether labels of one of them come by themselves, in any order
 * @param originBytes of what was seen and said at an origin
 * @param fixedBytes of what is kept besides, snapshot or not
 * @param states floats of the states of all members, without traces
 * @param members that have states
 * @param traced whether the newest states have traces anyway
 */
record WaitingShape(
    int lanes,
    boolean labelled,
    long originBytes,
    long fixedBytes,
    long states,
    int members,
    boolean traced) {
  /** Origins that a key must have room for: with fewer, hardly a label would find its own. */
  static final int FEWEST = 16;

  /**
   * The form that lets more origins wait within the budget; where both let as many, the smaller.
   *
   * @param spec bounds bytes, events, and the steps from the oldest origin to the newest, which a
   *     label out of order may take
   * @param otherBytes that a key keeps besides
   * @param trace floats of one member's trace
   * @param macs of one step of all members
   */
  WaitingPlan plan(LearnerSpec spec, long otherBytes, long trace, long macs) {
    if (lanes == 0) {
      return WaitingPlan.NONE;
    }
    long set = (states + members * trace) * Float.BYTES;
    long left = Math.max(0, spec.budget().keyBytes() - otherBytes - fixedBytes);
    long replayFixed = (1 + lanes) * set;
    long steps = labelled && macs > 0 ? spec.budget().eventMacs() / macs : Long.MAX_VALUE;
    long replayed = Math.min(steps, Math.max(0, left - replayFixed) / originBytes);
    long snapshotFixed = traced ? 0 : members * trace * Float.BYTES;
    long taken = Math.max(0, left - snapshotFixed) / (originBytes + set);
    WaitingPlan replay = of(spec, false, replayed, originBytes, replayFixed + fixedBytes);
    WaitingPlan snapshot = of(spec, true, taken, originBytes + set, snapshotFixed + fixedBytes);
    boolean smaller = snapshot.events() == replay.events() && snapshot.bytes() <= replay.bytes();
    return snapshot.events() > replay.events() || smaller ? snapshot : replay;
  }

  /** Steps of recurrences at every event, where labels come in turn. */
  long steps(WaitingPlan plan) {
    if (lanes == 0) {
      return 0;
    }
    return (long) members * (plan.snapshots() ? lanes : lanes + 1);
  }

  private static WaitingPlan of(
      LearnerSpec spec, boolean snapshots, long events, long originBytes, long fixedBytes) {
    int fewest = fewest(spec);
    int bounded = (int) Math.max(fewest, Math.min(spec.deadline().events(), events));
    return new WaitingPlan(snapshots, bounded, originBytes, fixedBytes);
  }

  private static int fewest(LearnerSpec spec) {
    return Math.min(FEWEST, spec.deadline().events());
  }
}
