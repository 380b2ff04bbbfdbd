package eddy.optim;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Learning-rate schedules as users write them: {@code constant}, or factors chained by colons, such
 * as {@code warm-up(100):inverse-square-root(10000)}.
 */
public final class Schedules {
  /** What users may write, for references and messages. */
  public static final String SYNTAX =
      "constant, or warm-up(N), inverse-square-root(N), cosine(N,floor), several of them between"
          + " colons";

  private static final Pattern FACTOR =
      Pattern.compile("([a-z-]+)\\(\\s*(\\d{1,18})\\s*(?:,\\s*([0-9.eE-]+)\\s*)?\\)");

  private Schedules() {}

  /** Throws IllegalArgumentException where the text is no schedule. */
  public static Schedule of(String text) {
    if (text.equals("constant")) {
      return Schedule.CONSTANT;
    }
    List<Schedule.Factor> factors = new ArrayList<>();
    for (String factor : text.split(":", -1)) {
      factors.add(factor(factor.strip()));
    }
    return new Schedule(factors);
  }

  private static Schedule.Factor factor(String text) {
    Matcher matcher = FACTOR.matcher(text);
    if (!matcher.matches()) {
      throw unknown(text);
    }
    long updates = Long.parseLong(matcher.group(2));
    String second = matcher.group(3);
    String name = matcher.group(1);
    if (name.equals("cosine") && second != null) {
      return new Schedule.Cosine(updates, number(second));
    }
    if (second != null) {
      throw unknown(text);
    }
    return switch (name) {
      case "warm-up" -> new Schedule.WarmUp(updates);
      case "inverse-square-root" -> new Schedule.InverseSquareRoot(updates);
      case "cosine" -> new Schedule.Cosine(updates, 0);
      default -> throw unknown(text);
    };
  }

  private static double number(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("expected a number but got " + text, e);
    }
  }

  private static IllegalArgumentException unknown(String factor) {
    return new IllegalArgumentException(
        "no schedule of the learning rate is called " + factor + "; write " + SYNTAX);
  }
}
