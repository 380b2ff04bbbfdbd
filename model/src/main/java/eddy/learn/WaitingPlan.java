package eddy.learn;

/**
 * How the origins of a key wait for labels that come after no fixed count of events.
 *
 * <p>When a label comes, the state at its origin is either a snapshot that was taken there, or is
 * reached anew from an older state, through the inputs since. Both give the same while the weights
 * stand still.
 *
 * @param snapshots whether snapshots are taken
 * @param events of a key that may follow an origin before it is given up; 0 where nothing waits
 * @param originBytes of one origin that waits
 * @param fixedBytes of what is kept besides, however many wait
 */
public record WaitingPlan(boolean snapshots, int events, long originBytes, long fixedBytes) {
  /** Nothing waits. */
  public static final WaitingPlan NONE = new WaitingPlan(false, 0, 0, 0);

  /** Most bytes of all that a key keeps. */
  public long bytes() {
    return fixedBytes + events * originBytes;
  }

  /** Name of the form, for people. */
  public String form() {
    return snapshots ? "snapshot" : "replay";
  }
}
