package eddy.report;

import java.util.Locale;

/** Figures and names as tables for people have them. */
final class Figure {
  private static final int DIGITS = 4;
  static final int NAME = 20;
  private static final int SHORT = 14;

  private Figure() {}

  /** A share with its sign; {@code -} where it is not defined. */
  static String percent(double share) {
    return Double.isFinite(share) ? String.format(Locale.ROOT, "%+.1f%%", 100 * share) : "-";
  }

  /** Four digits; {@code -} where it is not defined. */
  static String digits(double value) {
    if (Double.isNaN(value)) {
      return "-";
    }
    if (Double.isInfinite(value)) {
      return "inf";
    }
    double size = Math.abs(value);
    if (size != 0 && (size >= 1e9 || size < 1e-3)) {
      return String.format(Locale.ROOT, "%.3e", value);
    }
    int whole = size < 1 ? 0 : (int) Math.log10(size) + 1;
    return String.format(Locale.ROOT, "%." + Math.max(0, DIGITS - whole) + "f", value);
  }

  /** A name that a column has room for; of a longer one the end is left out. */
  static String name(String name) {
    return cut(name, NAME);
  }

  /** The same for one of several in a column. */
  static String shortName(String name) {
    return cut(name, SHORT);
  }

  private static String cut(String name, int length) {
    String line = name.replaceAll("\\s", " ");
    return line.length() <= length ? line : line.substring(0, length - 3) + "...";
  }
}
