package eddy.event;

import eddy.feature.Event;
import eddy.feature.EventSchema;
import eddy.feature.Field;
import eddy.feature.FieldKind;
import eddy.feature.TargetSpec;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Reads labels that come by themselves: the id of their event and the values of targets, decoded by
 * {@link #schema}. Holds scratch: used by one thread.
 */
public final class LabelReader {
  /** Path of the id where events have none of their own: then labels name an event by its place. */
  public static final String ID = EventSchema.LABEL_ID;

  /** What became of a record. */
  public sealed interface Read {
    /**
     * A label.
     *
     * @param id of its event
     * @param values of the targets, in an event of the learner's schema; valid until the next read
     */
    record Label(String id, Event values) implements Read {}

    /**
     * A record that is no label.
     *
     * @param reason one line for the sender
     */
    record Rejected(String reason) implements Read {}
  }

  private final EventSchema schema;
  private final Event values;
  private final int[] at;
  private final String names;

  /**
   * A reader for a learner's targets.
   *
   * @param learner the schema of its events
   * @param idField path of the event's id; empty where events have none of their own
   */
  public LabelReader(EventSchema learner, List<TargetSpec> targets, String idField) {
    schema = EventSchema.ofLabels(idField.isEmpty() ? ID : idField, targets);
    values = new Event(learner);
    at =
        schema.fields().stream()
            .skip(1)
            .mapToInt(field -> learner.index(field.path(), field.kind()))
            .toArray();
    names = schema.fields().stream().skip(1).map(Field::path).collect(Collectors.joining(" or "));
  }

  /** What to decode of every label. */
  public EventSchema schema() {
    return schema;
  }

  /** Makes a label of what was decoded. */
  public Read read(Decoded decoded) {
    if (decoded instanceof Decoded.Rejected rejected) {
      return new Read.Rejected(rejected.reason());
    }
    if (!(decoded instanceof Decoded.Accepted accepted)) {
      return new Read.Rejected("expected a label, but the record has no value");
    }
    Event event = accepted.event();
    values.clear();
    values.position = event.position;
    values.timestamp = event.timestamp;
    boolean any = false;
    for (int i = 0; i < at.length; i++) {
      int field = i + 1;
      if (schema.field(field).kind() == FieldKind.CATEGORY) {
        values.categories[at[i]] = event.categories[field];
        any |= event.categories[field] != null;
      } else {
        values.numbers[at[i]] = event.numbers[field];
        any |= !Double.isNaN(event.numbers[field]);
      }
    }
    return any
        ? new Read.Label(event.categories[0], values)
        : new Read.Rejected("field " + names + ": expected a label, but it is missing or null");
  }
}
