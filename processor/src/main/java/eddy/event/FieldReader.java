package eddy.event;

import eddy.feature.Event;
import eddy.feature.EventSchema;
import eddy.feature.Field;
import eddy.feature.FieldKind;
import java.util.Arrays;

/**
 * Turns the values of an event's fields into numbers and classes, or into reasons.
 *
 * <p>The one place where a value is judged: every format that is read through it accepts the same
 * values and gives the same reasons. A field that comes twice has its last value.
 */
final class FieldReader {
  /** Longest class. */
  static final int LONGEST_CLASS = 256;

  /** Letters of false. */
  private static final int LONGEST_TRUTH = 5;

  /** Greatest distance from 1970 in milliseconds that a double holds exactly. */
  private static final double LARGEST_TIME = 1L << 53;

  private final EventSchema schema;
  private final Event event;
  private final Decoded.Accepted accepted;
  private final String[] reasons;
  private final TextCache texts = new TextCache();

  FieldReader(EventSchema schema) {
    this.schema = schema;
    event = new Event(schema);
    accepted = new Decoded.Accepted(event);
    reasons = new String[schema.size()];
  }

  /** The event that is being read. */
  Event event() {
    return event;
  }

  /** Starts an event without values. */
  void begin(long timestamp, long position) {
    event.clear();
    event.timestamp = timestamp;
    event.position = position;
    Arrays.fill(reasons, null);
  }

  /** The event that was read, or the first field's reason why it is none. */
  Decoded finish() {
    for (int field = 0; field < reasons.length; field++) {
      if (reasons[field] != null) {
        return new Decoded.Rejected(reasons[field]);
      }
      if (schema.field(field).required() && isAbsent(field)) {
        return new Decoded.Rejected(expected(field) + ", but it is missing or null");
      }
    }
    return accepted;
  }

  private boolean isAbsent(int field) {
    return schema.field(field).kind() == FieldKind.CATEGORY
        ? event.categories[field] == null
        : Double.isNaN(event.numbers[field]);
  }

  /** The field has no value, or null. */
  void nothing(int field) {
    event.numbers[field] = Double.NaN;
    event.categories[field] = null;
    reasons[field] = null;
  }

  /** The field is a text. */
  void text(int field, char[] text, int from, int length) {
    nothing(field);
    switch (schema.field(field).kind()) {
      case NUMBER -> wrong(field, Quoted.of(text, from, length));
      case TIME -> {
        long time = TimeText.parse(text, from, length);
        if (time == TimeText.NONE) {
          wrong(field, Quoted.of(text, from, length));
        } else {
          event.numbers[field] = time;
        }
      }
      case CATEGORY -> symbol(field, text, from, length);
      case TRUTH -> truth(field, text, from, length);
    }
  }

  /** True or false as a text, in any case of its letters: CSV files have no other. */
  private void truth(int field, char[] text, int from, int length) {
    String word = length > LONGEST_TRUTH ? "" : new String(text, from, length);
    if (word.equalsIgnoreCase("true") || word.equalsIgnoreCase("false")) {
      event.numbers[field] = word.equalsIgnoreCase("true") ? 1 : 0;
    } else {
      wrong(field, Quoted.of(text, from, length));
    }
  }

  private void symbol(int field, char[] text, int from, int length) {
    if (length > LONGEST_CLASS) {
      tooLong(field, "one of " + length + ": " + Quoted.of(text, from, length));
    } else if (!isUnicode(text, from, length)) {
      reasons[field] = named(field) + "Unicode, got half a surrogate pair";
    } else {
      event.categories[field] = texts.of(text, from, length);
    }
  }

  // half a pair has no UTF-8: it could be neither stored nor written
  private static boolean isUnicode(char[] text, int from, int length) {
    for (int i = from; i < from + length; i++) {
      if (Character.isSurrogate(text[i])) {
        boolean pair =
            Character.isHighSurrogate(text[i])
                && i + 1 < from + length
                && Character.isLowSurrogate(text[i + 1]);
        if (!pair) {
          return false;
        }
        i++;
      }
    }
    return true;
  }

  /** The field is a number by the grammar of JSON. */
  void number(int field, char[] text, int from, int length) {
    nothing(field);
    Field definition = schema.field(field);
    if (length > NumberText.LONGEST) {
      wrong(field, "one of " + length + " characters: " + Quoted.bare(text, from, length));
      return;
    }
    if (definition.kind() == FieldKind.CATEGORY) {
      if (NumberText.isPlainInteger(text, from, length)) {
        event.categories[field] = texts.of(text, from, length);
        return;
      }
      String canonical = NumberText.canonical(text, from, length, LONGEST_CLASS);
      if (canonical == null) {
        tooLong(field, "a longer number: " + Quoted.bare(text, from, length));
      }
      event.categories[field] = canonical;
      return;
    }
    double value = NumberText.value(text, from, length);
    if (take(field, value)) {
      return;
    }
    if (definition.kind() == FieldKind.TRUTH) {
      wrong(field, Quoted.bare(text, from, length));
      return;
    }
    boolean time = definition.kind() == FieldKind.TIME;
    reasons[field] =
        named(field)
            + (time ? "milliseconds" : "a number")
            + " between -"
            + bound(time)
            + " and "
            + bound(time)
            + ", got "
            + Quoted.bare(text, from, length);
  }

  /** The field is a whole number, not as text. */
  void number(int field, long value) {
    nothing(field);
    if (!take(field, value)) {
      number(field, Long.toString(value));
    }
  }

  /** The field is a number, not as text. */
  void number(int field, double value) {
    nothing(field);
    if (!Double.isFinite(value)) {
      wrong(field, Double.toString(value));
    } else if (!take(field, value)) {
      number(field, ShortestDecimal.text(value));
    }
  }

  /** The field is a number by the grammar of JSON. */
  void number(int field, String text) {
    number(field, text.toCharArray(), 0, text.length());
  }

  /** Takes a value that is within the bounds of its field; false where it is not, or is a class. */
  private boolean take(int field, double value) {
    boolean taken =
        switch (schema.field(field).kind()) {
          case NUMBER -> Math.abs(value) <= Event.LARGEST;
          case TIME -> Math.abs(value) <= LARGEST_TIME;
          case TRUTH -> value == 0 || value == 1;
          case CATEGORY -> false;
        };
    if (taken) {
      event.numbers[field] = value;
    }
    return taken;
  }

  private static String bound(boolean time) {
    return time ? "2^53" : "3.4028235E38";
  }

  /** The field is true or false. */
  void truth(int field, boolean value) {
    nothing(field);
    if (schema.field(field).kind() == FieldKind.CATEGORY) {
      event.categories[field] = value ? "true" : "false";
    } else if (schema.field(field).kind() == FieldKind.TRUTH) {
      event.numbers[field] = value ? 1 : 0;
    } else {
      wrong(field, value ? "true" : "false");
    }
  }

  /** The field is something else. */
  void wrong(int field, String found) {
    nothing(field);
    reasons[field] = reason(field, found);
  }

  /** Why a field cannot be what was found. */
  String reason(int field, String found) {
    return expected(field) + ", got " + found;
  }

  /** Whether the field is a class. */
  boolean isClass(int field) {
    return schema.field(field).kind() == FieldKind.CATEGORY;
  }

  private String expected(int field) {
    return named(field) + wanted(field);
  }

  private String named(int field) {
    return "field " + schema.field(field).path() + ": expected ";
  }

  private void tooLong(int field, String found) {
    reasons[field] =
        named(field) + "a class of at most " + LONGEST_CLASS + " characters, got " + found;
  }

  private String wanted(int field) {
    return switch (schema.field(field).kind()) {
      case NUMBER -> "a number";
      case CATEGORY -> "a text, number or boolean";
      case TIME -> TimeText.FORMS;
      case TRUTH -> "true or false, or 1 or 0";
    };
  }
}
