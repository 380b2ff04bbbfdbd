package eddy.learn;

import eddy.feature.ArrivalSpec;
import eddy.feature.Event;
import eddy.feature.EventSchema;
import eddy.feature.FieldKind;
import eddy.feature.TextHash;

/**
 * Tells whether an event comes late, or again, to its key, and whether that refuses it.
 *
 * <p>Ids are remembered by 64 bits: of a window of n, a new id is taken for one of them by a chance
 * of n / 2^64.
 */
final class Arrivals {
  private static final String LATE =
      "expected an event no earlier than the newest of its key, since eddy.out.of.order=reject";
  private static final String DUPLICATE = ", since eddy.duplicates=reject";

  private final ArrivalSpec spec;
  private final int idField;
  private final String duplicate;

  Arrivals(ArrivalSpec spec, EventSchema schema) {
    this.spec = spec;
    idField = spec.readsId() ? schema.index(spec.idField(), FieldKind.CATEGORY) : -1;
    String what = spec.readsId() ? "whose " + spec.idField() : "whose time";
    duplicate =
        "expected an event "
            + what
            + " is not among the last "
            + spec.window()
            + " of its key"
            + DUPLICATE;
  }

  /** Says of an event how it comes, and why it is refused. Modifies only outcome. */
  void judge(Event event, KeyState key, Outcome outcome) {
    outcome.late = key.events > 0 && event.timestamp < key.timestamp;
    outcome.duplicate = spec.window() > 0 && remembers(key, id(event));
    outcome.refusal = null;
    if (outcome.duplicate && !spec.acceptsDuplicates()) {
      outcome.refusal = duplicate;
    } else if (outcome.late && !spec.acceptsLate()) {
      outcome.refusal = LATE;
    }
  }

  /** Remembers an event that was accepted, in place of the oldest one. Modifies only key. */
  void remember(Event event, KeyState key) {
    if (spec.window() > 0) {
      key.ids[(int) (key.events % spec.window())] = id(event);
    }
  }

  private static boolean remembers(KeyState key, long id) {
    int count = (int) Math.min(key.events, key.ids.length);
    for (int i = 0; i < count; i++) {
      if (key.ids[i] == id) {
        return true;
      }
    }
    return false;
  }

  /** What labels call an event. */
  long labelId(Event event) {
    return idField < 0 ? event.position : TextHash.whole(event.categories[idField]);
  }

  private long id(Event event) {
    return idField < 0 ? event.timestamp : TextHash.whole(event.categories[idField]);
  }
}
