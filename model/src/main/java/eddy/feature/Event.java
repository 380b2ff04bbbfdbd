package eddy.feature;

import java.util.Arrays;

/**
 * One decoded event: the values of the schema's fields, by their index in {@link EventSchema}.
 *
 * <p>Reusable: a decoder fills the same object for every record. A field that is absent is NaN
 * among the numbers and null among the categories.
 */
public final class Event {
  /** Largest magnitude of a number; what lies beyond, and NaN, counts as absent. */
  public static final double LARGEST = Float.MAX_VALUE;

  /** Where the event stands in its source: the offset in its partition, or the 0-based row. */
  public long position;

  /** Event time in milliseconds since 1970-01-01T00:00Z. */
  public long timestamp;

  /** Values of NUMBER and TIME fields [schema.size()]; NaN where absent. */
  public final double[] numbers;

  /** Values of CATEGORY fields [schema.size()]; null where absent. */
  public final String[] categories;

  public Event(EventSchema schema) {
    numbers = new double[schema.size()];
    categories = new String[schema.size()];
    clear();
  }

  /** Takes its time from a field, if that has one; returns the time of the event then. */
  public long takeTime(int field) {
    if (!Double.isNaN(numbers[field])) {
      timestamp = (long) numbers[field];
    }
    return timestamp;
  }

  /** Marks every field absent. Modifies only this event. */
  public void clear() {
    Arrays.fill(numbers, Double.NaN);
    Arrays.fill(categories, null);
    position = 0;
    timestamp = 0;
  }
}
