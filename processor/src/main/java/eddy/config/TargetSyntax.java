package eddy.config;

import eddy.feature.TargetSpec;
import eddy.feature.TargetSpec.Horizon;
import eddy.feature.TargetSpec.Reference;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The grammar of targets.
 *
 * <pre>
 * targets := target ("," target)*
 * target  := field [":category" ["(" slots ")"]] [time] [" - " (field "@" signed | "0")]
 * time    := "@+" count | "@+" ISO-8601 duration | "@label"
 * </pre>
 *
 * <p>The spaces around the minus are part of it, so that {@code wind-speed} is a field.
 */
public final class TargetSyntax {
  private static final String CATEGORY = "category";

  private TargetSyntax() {}

  /**
   * Reads a list of targets; a blank text holds none. A number that lies ahead is measured from the
   * field's value now unless another reference is written.
   *
   * @param key of the configuration, to be named in errors
   * @throws ConfigurationException where the text does not follow the grammar
   */
  public static List<TargetSpec> parse(String key, String text) {
    List<TargetSpec> targets = new ArrayList<>();
    Cursor cursor = new Cursor(key, text);
    cursor.takeSpaces();
    while (!cursor.atEnd() || !targets.isEmpty()) {
      targets.add(target(cursor));
      if (cursor.atEnd()) {
        break;
      }
      if (!cursor.take(",")) {
        throw cursor.wrong(
            cursor.at(), "expected \",\" after a target, found " + cursor.found(cursor.at()));
      }
      cursor.takeSpaces();
    }
    return targets;
  }

  /** Targets as they are configured: {@link #parse} gives equal ones. */
  public static String text(List<TargetSpec> targets) {
    return targets.stream().map(TargetSyntax::text).collect(Collectors.joining(","));
  }

  private static String text(TargetSpec target) {
    StringBuilder text = new StringBuilder(Cursor.written(target.field()));
    if (target.category()) {
      text.append(":category(").append(target.slots()).append(')');
    }
    text.append(target.name().substring(target.field().length()));
    if (target.reference() instanceof Reference.Past past) {
      String field = Cursor.written(past.field());
      text.append(" - ").append(field).append("@-").append(past.eventsBack());
    } else if (!target.category()) {
      text.append(" - 0");
    }
    return text.toString();
  }

  private static TargetSpec target(Cursor cursor) {
    int start = cursor.at();
    String field = cursor.takeField();
    int slots = cursor.take(":") ? slots(cursor) : 0;
    Horizon horizon = cursor.take("@") ? horizon(cursor) : new Horizon.SameEvent();
    Reference reference = reference(cursor);
    if (reference == null) {
      boolean fromNow = slots == 0 && isAhead(horizon);
      reference = fromNow ? new Reference.Past(field, 0) : new Reference.None();
    }
    try {
      return new TargetSpec(field, slots, horizon, reference);
    } catch (IllegalArgumentException e) {
      throw cursor.wrong(start, e.getMessage());
    }
  }

  private static boolean isAhead(Horizon horizon) {
    return horizon instanceof Horizon.EventsAhead || horizon instanceof Horizon.TimeAhead;
  }

  private static int slots(Cursor cursor) {
    int start = cursor.at();
    String kind = cursor.takeWord();
    if (!kind.equals(CATEGORY)) {
      throw cursor.wrong(
          start,
          "a target is a number, or a class written field:category; found \":" + kind + "\"");
    }
    if (!cursor.take("(")) {
      return TargetSpec.DEFAULT_SLOTS;
    }
    int digits = cursor.at();
    int slots = integer(cursor, digits, cursor.takeUntil(")").trim(), "a number of slots");
    if (!cursor.take(")")) {
      throw cursor.wrong(digits - 1, "the parenthesis is never closed");
    }
    if (slots < 2) {
      throw cursor.wrong(digits, "a category needs at least 2 slots but has " + slots);
    }
    return slots;
  }

  private static Horizon horizon(Cursor cursor) {
    int start = cursor.at();
    if (cursor.peek() != '+') {
      if (cursor.takeWord().equals("label")) {
        return new Horizon.LabelTopic();
      }
      throw cursor.wrong(
          start, "a target's time is @+count, @+duration (such as @+PT24H) or @label");
    }
    cursor.take("+");
    int from = cursor.at();
    String text = cursor.takeWord();
    try {
      return text.startsWith("P") || text.startsWith("p")
          ? new Horizon.TimeAhead(duration(cursor, from, text))
          : new Horizon.EventsAhead(integer(cursor, from, text, "a number of events"));
    } catch (IllegalArgumentException e) {
      throw cursor.wrong(from, e.getMessage());
    }
  }

  private static Duration duration(Cursor cursor, int from, String text) {
    Duration duration;
    try {
      duration = Duration.parse(text);
    } catch (DateTimeParseException e) {
      throw cursor.wrong(
          from, "\"" + text + "\" is no ISO-8601 duration; write PT24H, PT30M or P7D");
    }
    if (duration.isNegative() || duration.isZero()) {
      throw cursor.wrong(from, "a target must lie ahead of its event but lies " + text);
    }
    return duration;
  }

  /** The written reference, null where there is none. */
  private static Reference reference(Cursor cursor) {
    boolean spaced = cursor.takeSpaces();
    int minus = cursor.at();
    if (!cursor.take("-")) {
      return null;
    }
    if (!spaced || !cursor.takeSpaces()) {
      throw cursor.wrong(minus, "a reference is written with a space on both sides of its minus");
    }
    int start = cursor.at();
    String field = cursor.takeField();
    boolean none = cursor.at() == start + 1 && field.equals("0") && cursor.peek() != '@';
    Reference reference = none ? new Reference.None() : past(cursor, start, field);
    cursor.takeSpaces();
    return reference;
  }

  private static Reference past(Cursor cursor, int start, String field) {
    if (!cursor.take("@")) {
      throw cursor.wrong(
          start, "a reference names its event: write " + field + "@-n, " + field + "@0 or 0");
    }
    int from = cursor.at();
    int events = integer(cursor, from, cursor.takeWord(), "a number of events");
    if (events > 0 || events == Integer.MIN_VALUE) {
      throw cursor.wrong(from, "a reference must not lie after the origin; write " + field + "@-n");
    }
    return new Reference.Past(field, -events);
  }

  private static int integer(Cursor cursor, int from, String text, String what) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw cursor.wrong(from, "expected " + what + ", found \"" + text + "\"");
    }
  }
}
