package eddy.config;

import eddy.cell.Cells;
import eddy.cell.Delays;
import eddy.cell.ForgetBias;
import eddy.learn.MemberSpec;
import eddy.optim.Schedules;
import eddy.readout.Losses;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigDef.Validator;
import org.apache.kafka.common.config.ConfigException;

/**
 * Validators whose message is the end of a line that already names key and value: what bounds the
 * value. Their text is what a reference shows as allowed values. Null is a value that is not set.
 */
final class Checks {
  private static final Pattern TOPIC = Pattern.compile("[a-zA-Z0-9._-]{1,249}");

  private Checks() {}

  /** A number between two bounds, both allowed. */
  record Between(Number least, Number most) implements Validator {
    @Override
    public void ensureValid(String key, Object value) {
      if (value instanceof Number number && !holds(number.doubleValue())) {
        throw new ConfigException("must lie between " + text(least) + " and " + text(most));
      }
    }

    private boolean holds(double value) {
      return value >= least.doubleValue() && value <= most.doubleValue();
    }

    @Override
    public String toString() {
      return text(least) + " to " + text(most);
    }

    private static String text(Number bound) {
      return bound instanceof Double
          ? BigDecimal.valueOf(bound.doubleValue()).stripTrailingZeros().toPlainString()
          : bound.toString();
    }
  }

  /** A number with a lower bound only. */
  record AtLeast(long least) implements Validator {
    @Override
    public void ensureValid(String key, Object value) {
      if (value instanceof Number number && number.longValue() < least) {
        throw new ConfigException("must be at least " + least);
      }
    }

    @Override
    public String toString() {
      return "at least " + least;
    }
  }

  /** One of a closed set of names. */
  record OneOf(List<String> names) implements Validator {
    @Override
    public void ensureValid(String key, Object value) {
      if (value != null && !names.contains(value)) {
        throw new ConfigException(
            "there is no such value"
                + NearestName.hint(value.toString(), names)
                + " Known are "
                + String.join(", ", names));
      }
    }

    @Override
    public String toString() {
      return String.join(", ", names);
    }
  }

  /** What {@link Losses} reads, or auto. */
  record LossName() implements Validator {
    @Override
    public void ensureValid(String key, Object value) {
      String name = (String) value;
      if (name.startsWith("quantile(")) {
        try {
          Losses.of(name);
        } catch (IllegalArgumentException e) {
          throw new ConfigException(e.getMessage());
        }
      } else {
        new OneOf(names()).ensureValid(key, value);
      }
    }

    private static List<String> names() {
      List<String> names = new ArrayList<>(List.of(EddyKeys.AUTO));
      names.addAll(Losses.names());
      return names;
    }

    @Override
    public String toString() {
      return String.join(", ", names());
    }
  }

  /** What {@link Schedules} reads. */
  record LearningRateSchedule() implements Validator {
    @Override
    public void ensureValid(String key, Object value) {
      try {
        Schedules.of((String) value);
      } catch (IllegalArgumentException e) {
        throw new ConfigException(e.getMessage());
      }
    }

    @Override
    public String toString() {
      return Schedules.SYNTAX;
    }
  }

  /** What a parser takes. */
  record Named(String syntax, Function<String, ?> parser) implements Validator {
    @Override
    public void ensureValid(String key, Object value) {
      try {
        parser.apply((String) value);
      } catch (IllegalArgumentException e) {
        throw new ConfigException(e.getMessage());
      }
    }

    @Override
    public String toString() {
      return syntax;
    }
  }

  /** A cell, or a delay line with its lengths. */
  record CellName() implements Validator {
    @Override
    public void ensureValid(String key, Object value) {
      String name = value.toString();
      boolean line;
      try {
        line = Delays.of(name) != null;
      } catch (IllegalArgumentException e) {
        throw new ConfigException(e.getMessage());
      }
      if (!line && !Cells.names().contains(name)) {
        new OneOf(Cells.forms()).ensureValid(key, name);
      }
    }

    @Override
    public String toString() {
      return String.join(", ", Cells.forms());
    }
  }

  /** Where a forget bias starts. */
  record Bias() implements Validator {
    @Override
    public void ensureValid(String key, Object value) {
      try {
        ForgetBias.of(value.toString());
      } catch (IllegalArgumentException e) {
        throw new ConfigException(e.getMessage());
      }
    }

    @Override
    public String toString() {
      return "auto, a number, chrono(T)";
    }
  }

  /** A word for a whole panel, or a list of different members. */
  record Panel() implements Validator {
    private static final List<String> WORDS = List.of(EddyKeys.AUTO, EddyKeys.SINGLE);

    @Override
    public void ensureValid(String key, Object value) {
      List<?> names = (List<?>) value;
      if (names.size() == 1 && WORDS.contains(names.get(0))) {
        return;
      }
      if (names.isEmpty() || Set.copyOf(names).size() < names.size()) {
        throw new ConfigException("must name different members, or be auto or single");
      }
      List<String> known = new ArrayList<>(MemberSpec.names());
      if (names.size() == 1) {
        known.addAll(WORDS);
      }
      for (Object name : names) {
        new OneOf(known).ensureValid(key, name);
      }
    }

    @Override
    public String toString() {
      return "auto, single, or a list of " + String.join(", ", MemberSpec.names());
    }
  }

  /** A length of time above zero. */
  record DurationText() implements Validator {
    @Override
    public void ensureValid(String key, Object value) {
      if (value != null && !isPositive(value.toString())) {
        throw new ConfigException("must be an ISO-8601 duration above zero, such as PT6H or P7D");
      }
    }

    private static boolean isPositive(String text) {
      try {
        return Duration.parse(text.strip()).toMillis() > 0;
      } catch (DateTimeParseException | ArithmeticException e) {
        return false;
      }
    }

    @Override
    public String toString() {
      return "an ISO-8601 duration";
    }
  }

  /** A name that Kafka allows for topics. */
  record TopicName() implements Validator {
    @Override
    public void ensureValid(String key, Object value) {
      if (value != null && !allows(value.toString())) {
        throw new ConfigException(
            "a topic has 1 to 249 letters, digits, dots, dashes, underscores");
      }
    }

    static boolean allows(String name) {
      return TOPIC.matcher(name).matches() && !name.equals(".") && !name.equals("..");
    }

    @Override
    public String toString() {
      return "a topic's name";
    }
  }
}
