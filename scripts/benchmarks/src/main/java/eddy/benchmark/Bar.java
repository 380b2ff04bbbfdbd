package eddy.benchmark;

import java.util.Locale;

/**
 * What a figure has to reach.
 *
 * @param what is measured against what
 * @param value what was reached; NaN where it was not measured
 * @param atLeast the least it has to be, or NaN
 * @param atMost the most it may be, or NaN
 */
public record Bar(String what, double value, double atLeast, double atMost) {
  public static Bar atLeast(String what, double value, double bound) {
    return new Bar(what, value, bound, Double.NaN);
  }

  public static Bar atMost(String what, double value, double bound) {
    return new Bar(what, value, Double.NaN, bound);
  }

  /** Whether it was measured and not reached. */
  public boolean missed() {
    return value < atLeast || value > atMost;
  }

  public String bound() {
    double bound = Double.isNaN(atLeast) ? atMost : atLeast;
    String digits = bound == Math.rint(bound) ? "%.0f" : "%.2f";
    return (Double.isNaN(atLeast) ? "<= " : ">= ") + String.format(Locale.ROOT, digits, bound);
  }

  public String verdict() {
    return Double.isNaN(value) ? "not measured" : missed() ? "MISSED" : "reached";
  }

  /** A figure of about three digits. */
  public static String number(double value) {
    if (Double.isNaN(value)) {
      return "-";
    }
    double size = Math.abs(value);
    String format = size >= 100 ? "%.0f" : size >= 10 ? "%.1f" : size == 0 ? "%.0f" : "%.2f";
    return String.format(Locale.ROOT, format, value);
  }
}
