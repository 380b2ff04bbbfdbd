package eddy.feature;

import java.util.List;

/** The configured form of a distance in time: {@code +150m}, {@code -2h}, {@code 1d}. */
final class Offset {
  /** Greatest magnitude, a hundred years; keeps every sum with a time inside a long. */
  private static final long LARGEST_MS = 36_525L * 86_400_000L;

  private static final String[] UNITS = {"d", "h", "m", "s", "ms"};
  private static final long[] UNIT_MS = {86_400_000L, 3_600_000L, 60_000L, 1000L, 1L};

  private Offset() {}

  /** Milliseconds in a link's only argument, 0 without one. */
  static long of(String name, List<String> arguments) {
    Arguments given = new Arguments(name, name + " or " + name + "(+150m)", arguments).size(0, 1);
    return given.isEmpty() ? 0 : milliseconds(given);
  }

  /** The offset, refused where it is too large. */
  static long bounded(long offsetMs) {
    if (offsetMs < -LARGEST_MS || offsetMs > LARGEST_MS) {
      throw new IllegalArgumentException(
          "an offset must not exceed 36525 days but was " + offsetMs + " ms; write +1d for a day");
    }
    return offsetMs;
  }

  /** The argument in the largest unit that divides it, in parentheses; empty for 0. */
  static String suffix(long offsetMs) {
    if (offsetMs == 0) {
      return "";
    }
    int unit = 0;
    while (offsetMs % UNIT_MS[unit] != 0) {
      unit++;
    }
    return "(" + (offsetMs > 0 ? "+" : "") + offsetMs / UNIT_MS[unit] + UNITS[unit] + ")";
  }

  private static long milliseconds(Arguments given) {
    String text = given.text(0);
    int digits = text.length();
    while (digits > 0 && Character.isLetter(text.charAt(digits - 1))) {
      digits--;
    }
    for (int unit = 0; unit < UNITS.length; unit++) {
      if (UNITS[unit].equals(text.substring(digits))) {
        try {
          long amount = Long.parseLong(text.substring(0, digits));
          return bounded(Math.multiplyExact(amount, UNIT_MS[unit]));
        } catch (NumberFormatException | ArithmeticException e) {
          break;
        }
      }
    }
    throw given.wrong("expected an offset in d, h, m, s or ms but got \"" + text + "\"");
  }
}
