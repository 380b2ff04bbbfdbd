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
record Bar(String what, double value, double atLeast, double atMost) {
  static Bar atLeast(String what, double value, double bound) {
    return new Bar(what, value, bound, Double.NaN);
  }

  static Bar atMost(String what, double value, double bound) {
    return new Bar(what, value, Double.NaN, bound);
  }

  /** Whether it was measured and not reached. */
  boolean missed() {
    return value < atLeast || value > atMost;
  }

  String bound() {
    double bound = Double.isNaN(atLeast) ? atMost : atLeast;
    String digits = bound == Math.rint(bound) ? "%.0f" : "%.2f";
    return (Double.isNaN(atLeast) ? "<= " : ">= ") + String.format(Locale.ROOT, digits, bound);
  }

  String verdict() {
    return Double.isNaN(value) ? "not measured" : missed() ? "MISSED" : "reached";
  }

  /** A figure of about three digits. */
  static String number(double value) {
    if (Double.isNaN(value)) {
      return "-";
    }
    double size = Math.abs(value);
    String format = size >= 100 ? "%.0f" : size >= 10 ? "%.1f" : size == 0 ? "%.0f" : "%.2f";
    return String.format(Locale.ROOT, format, value);
  }
}
