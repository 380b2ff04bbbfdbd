package eddy.feature;

import java.util.Objects;

/**
 * What becomes of an event that is earlier than the newest of its key, or that its key has seen
 * already.
 *
 * <p>Events are told apart by their id; without an id field, by their time. Labels that come by
 * themselves name their event by its id; without an id field, by its position.
 *
 * @param acceptsLate whether an event is accepted that is earlier than the newest of its key
 * @param acceptsDuplicates whether an event is accepted whose id is remembered
 * @param idField path of the field that holds the id; empty for the time
 * @param window ids that every key remembers, the newest ones; 0 where duplicates are not noticed
 */
public record ArrivalSpec(
    boolean acceptsLate, boolean acceptsDuplicates, String idField, int window) {
  /** Every event is accepted, and duplicates are not noticed. */
  public static final ArrivalSpec ANY = new ArrivalSpec(true, true, "", 0);

  public ArrivalSpec {
    Objects.requireNonNull(idField, "id field");
    if (window < 0) {
      throw new IllegalArgumentException(
          "remembered ids must be at least 0 but were " + window + "; write 64");
    }
    if (window == 0 && !acceptsDuplicates) {
      throw new IllegalArgumentException(
          "duplicates can be refused only where ids are remembered; remember 1 or more");
    }
  }

  /** Whether every event has its id in a field. */
  public boolean readsId() {
    return !idField.isEmpty();
  }
}
