package eddy.compare;

import java.util.Locale;

/** Numbers for people: some significant digits, without a power of ten where none is needed. */
public final class Figures {
  private static final double LARGEST = 1e9;
  private static final double SMALLEST = 1e-4;

  private Figures() {}

  /** A number with so many significant digits at least; {@code -} where it is not defined. */
  public static String of(double value, int digits) {
    if (Double.isNaN(value)) {
      return "-";
    }
    double size = Math.abs(value);
    if (Double.isInfinite(value)) {
      return value > 0 ? "inf" : "-inf";
    }
    if (size != 0 && (size >= LARGEST || size < SMALLEST)) {
      return String.format(Locale.ROOT, "%." + (digits - 1) + "e", value);
    }
    int whole = size < 1 ? 0 : (int) Math.log10(size) + 1;
    return String.format(Locale.ROOT, "%." + Math.max(0, digits - whole) + "f", value);
  }
}
