package eddy.feature;

import java.time.Duration;
import java.util.Objects;

/**
 * What is predicted: a field, read as a number or a class, of this event or of a later one.
 *
 * @param field path of the field
 * @param slots number of classes a category can hold, 0 for a number
 * @param horizon which event brings the label
 * @param reference what the change of a number is measured from
 */
public record TargetSpec(String field, int slots, Horizon horizon, Reference reference) {
  /** Classes a category target holds unless configured otherwise. */
  public static final int DEFAULT_SLOTS = 64;

  /** Which event brings the label. */
  public sealed interface Horizon {
    /** The label stands in the event itself: predicted, then seen. */
    record SameEvent() implements Horizon {}

    /** The label is the field of the key's event {@code count} accepted events later. */
    record EventsAhead(int count) implements Horizon {
      public EventsAhead {
        if (count < 1) {
          throw new IllegalArgumentException(
              "a target's @+count must be at least 1 but was " + count);
        }
      }
    }

    /** The label is the field of the key's first event at or after {@code time} later. */
    record TimeAhead(Duration time) implements Horizon {}

    /** The label arrives on the label topic. */
    record LabelTopic() implements Horizon {}
  }

  /** What the change of a numeric target is measured from. */
  public sealed interface Reference {
    /** The number is learned as it is, about its running mean. */
    record None() implements Reference {}

    /**
     * The value of a field some events before the origin.
     *
     * @param eventsBack 0 for the origin itself
     */
    record Past(String field, int eventsBack) implements Reference {
      public Past {
        if (eventsBack < 0) {
          throw new IllegalArgumentException(
              "a reference must not lie after the origin, but "
                  + field
                  + "@+"
                  + -eventsBack
                  + " does; write "
                  + field
                  + "@-n or "
                  + field
                  + "@0");
        }
      }
    }
  }

  public TargetSpec {
    Objects.requireNonNull(field, "field");
    Objects.requireNonNull(horizon, "horizon");
    Objects.requireNonNull(reference, "reference");
    if (slots != 0 && slots < 2) {
      throw new IllegalArgumentException(
          "target " + field + ": a category needs at least 2 slots but has " + slots);
    }
    if (slots != 0 && !(reference instanceof Reference.None)) {
      throw new IllegalArgumentException(
          "target " + field + ": a category has no reference; remove \" - ...\"");
    }
    if (horizon instanceof Horizon.SameEvent
        && reference instanceof Reference.Past past
        && past.field().equals(field)
        && past.eventsBack() == 0) {
      throw new IllegalArgumentException(
          "target " + field + ": its reference is its own label; write " + field + "@-1");
    }
  }

  public boolean category() {
    return slots > 0;
  }

  public FieldKind kind() {
    return category() ? FieldKind.CATEGORY : FieldKind.NUMBER;
  }

  /** Events between the origin and the label, 0 for a label in the same event. */
  public int eventsAhead() {
    return horizon instanceof Horizon.EventsAhead ahead ? ahead.count() : 0;
  }

  /** Name in files and records: as configured, without {@code :category} and reference. */
  public String name() {
    if (horizon instanceof Horizon.EventsAhead ahead) {
      return field + "@+" + ahead.count();
    }
    if (horizon instanceof Horizon.TimeAhead ahead) {
      return field + "@+" + ahead.time();
    }
    return horizon instanceof Horizon.LabelTopic ? field + "@label" : field;
  }

  /** The configured form. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(field);
    if (category()) {
      text.append(":category(").append(slots).append(')');
    }
    text.append(name().substring(field.length()));
    if (reference instanceof Reference.Past past) {
      text.append(" - ").append(past.field()).append("@-").append(past.eventsBack());
    } else if (!category()) {
      text.append(" - 0");
    }
    return text.toString();
  }
}
