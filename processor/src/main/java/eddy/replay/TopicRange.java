package eddy.replay;

/**
 * Which records of every partition of a topic are read: those from one bound up to, not including,
 * the other.
 *
 * @param from null for the earliest record there is
 * @param to null for the end of the partition at the start of the reading
 */
public record TopicRange(Bound from, Bound to) {
  /** Everything there is. */
  public static final TopicRange ALL = new TopicRange(null, null);

  /** A place in a partition. */
  public sealed interface Bound {
    /** The record with an offset. */
    record Offset(long offset) implements Bound {
      public Offset {
        if (offset < 0) {
          throw new IllegalArgumentException("an offset must be >= 0 but was " + offset);
        }
      }
    }

    /** The first record whose timestamp, in milliseconds since 1970 UTC, is not earlier. */
    record Time(long timestamp) implements Bound {}
  }
}
