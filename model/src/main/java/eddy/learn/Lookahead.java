package eddy.learn;

import eddy.feature.Event;
import eddy.feature.EventSchema;
import eddy.feature.FeatureEncoder;
import eddy.feature.FieldKind;
import eddy.feature.TargetSpec;
import eddy.feature.TargetSpec.Reference;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Labelling events only after some others have followed: what passes now is labelled {@code L}
 * events later, and until then nothing that learns or predicts is shown its labels.
 *
 * <p>With L = 0 an event is labelled at once, and nothing is kept. Holds scratch: one per thread.
 */
final class Lookahead {
  /** Longest class, in bytes where it is ASCII. */
  private static final int TEXT_BYTES = 256;

  private final int events;
  private final int inputs;
  private final int rows;

  /** Fields that targets and references read, by their index in the schema. */
  private final int[] kept;

  /** Those of them that hold labels. */
  private final int[] late;

  private final boolean[] text;
  private final Event labelled;
  private final Event shown;

  /**
   * Labelling after {@code events} others.
   *
   * @param encoder of the events
   */
  Lookahead(int events, EventSchema schema, List<TargetSpec> targets, FeatureEncoder encoder) {
    this.events = events;
    inputs = encoder.width();
    rows = encoder.activeRows();
    kept =
        IntStream.range(0, schema.size())
            .filter(field -> events > 0 && reads(targets, schema.field(field).path()))
            .toArray();
    late =
        IntStream.of(kept).filter(field -> schema.holdsLabel(schema.field(field).path())).toArray();
    text = new boolean[schema.size()];
    for (int field = 0; field < text.length; field++) {
      text[field] = schema.field(field).kind() == FieldKind.CATEGORY;
    }
    labelled = new Event(schema);
    shown = new Event(schema);
  }

  private static boolean reads(List<TargetSpec> targets, String path) {
    return targets.stream()
        .anyMatch(
            target ->
                target.field().equals(path)
                    || (target.reference() instanceof Reference.Past past
                        && past.field().equals(path)));
  }

  /** Events that follow before one is labelled. */
  int events() {
    return events;
  }

  Passed newPassed() {
    return new Passed(events, inputs, rows, kept.length);
  }

  /** Most bytes of texts that wait; all else is in a new state's length. */
  long textBytes() {
    return (long) events * IntStream.of(kept).filter(field -> text[field]).count() * TEXT_BYTES;
  }

  /** Bytes of what a key keeps. */
  long bytes() {
    long numbers = 2L + kept.length;
    long encoded = (long) inputs * Float.BYTES + (long) rows * Integer.BYTES;
    return events * (numbers * Double.BYTES + encoded) + textBytes();
  }

  /**
   * The event that is labelled now, in place of which the newest one starts to wait. Modifies only
   * passed.
   *
   * @param number of the newest event in its sequence, from 0
   * @return null where too few have passed; valid until the next call
   */
  Event exchange(Event event, Passed passed, long number) {
    if (events == 0) {
      return event;
    }
    int slot = (int) (number % events);
    for (int i = 0; i < kept.length; i++) {
      int field = kept[i];
      int at = slot * kept.length + i;
      if (text[field]) {
        labelled.categories[field] = passed.texts[at];
        passed.texts[at] = event.categories[field];
      } else {
        labelled.numbers[field] = passed.numbers[at];
        passed.numbers[at] = event.numbers[field];
      }
    }
    labelled.position = passed.positions[slot];
    labelled.timestamp = passed.timestamps[slot];
    passed.positions[slot] = event.position;
    passed.timestamps[slot] = event.timestamp;
    return number < events ? null : labelled;
  }

  /** The newest event with the labels that are no secret any more, for the encoders. */
  Event shown(Event event, Event now) {
    if (events == 0) {
      return event;
    }
    shown.position = event.position;
    shown.timestamp = event.timestamp;
    System.arraycopy(event.numbers, 0, shown.numbers, 0, event.numbers.length);
    System.arraycopy(event.categories, 0, shown.categories, 0, event.categories.length);
    for (int field : late) {
      shown.numbers[field] = now == null ? Double.NaN : now.numbers[field];
      shown.categories[field] = now == null ? null : now.categories[field];
    }
    return shown;
  }

  /**
   * Brings back the inputs of the event that is labelled now, and keeps those of the newest.
   * Modifies only x, active and passed.
   */
  void exchange(float[] x, int[] active, Passed passed, long number) {
    if (events == 0) {
      return;
    }
    int slot = (int) (number % events);
    for (int i = 0, at = slot * inputs; i < inputs; i++, at++) {
      float newest = x[i];
      x[i] = passed.inputs[at];
      passed.inputs[at] = newest;
    }
    for (int i = 0, at = slot * rows; i < rows; i++, at++) {
      int newest = active[i];
      active[i] = passed.rows[at];
      passed.rows[at] = newest;
    }
  }
}
