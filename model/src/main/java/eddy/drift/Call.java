package eddy.drift;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A name with numbers, such as {@code adwin(0.002)}.
 *
 * @param numbers none where there are no brackets
 */
record Call(String name, double[] numbers) {
  private static final Pattern FORM = Pattern.compile("([a-z-]+)\\s*(?:\\(([^()]*)\\))?");

  /** Throws IllegalArgumentException where the text is none, or one of its numbers. */
  static Call of(String text) {
    Matcher matcher = FORM.matcher(text.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException("expected a name, or name(number,...), but got " + text);
    }
    String numbers = matcher.group(2);
    return new Call(
        matcher.group(1),
        numbers == null
            ? new double[0]
            : Arrays.stream(numbers.split(",", -1)).mapToDouble(Call::number).toArray());
  }

  private static double number(String text) {
    try {
      double number = Double.parseDouble(text);
      if (Double.isFinite(number)) {
        return number;
      }
    } catch (NumberFormatException e) {
      // told of below, like those that are not finite
    }
    throw new IllegalArgumentException("expected a number but got \"" + text + "\"");
  }
}
