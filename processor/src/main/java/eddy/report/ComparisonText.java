package eddy.report;

import eddy.compare.Comparison;
import eddy.compare.Figures;
import eddy.compare.Loss;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Comparisons as tables with a sentence for every target. */
public final class ComparisonText {
  private static final int DIGITS = 4;

  private ComparisonText() {}

  /** A table for each configuration, then what it says in words. */
  public static String of(List<Compared> all) {
    StringBuilder text = new StringBuilder();
    for (Compared each : all) {
      List<String[]> rows = new ArrayList<>();
      each.comparisons().forEach(comparison -> rows.add(row(comparison)));
      if (text.length() > 0) {
        text.append('\n');
      }
      text.append(each.name()).append(" against ").append(each.base()).append(":\n");
      TextTable.append(
          text,
          rows,
          "target",
          "loss",
          "rows",
          each.base(),
          each.name(),
          "difference",
          "95% from",
          "to",
          "keys won",
          "verdict");
      for (Comparison comparison : each.comparisons()) {
        // one sentence a target: that of the loss that decides
        if (comparison.loss() != Loss.ERROR) {
          text.append(comparison.sentence(each.name(), each.base())).append(".\n");
        }
      }
    }
    return text.toString();
  }

  private static String[] row(Comparison comparison) {
    return new String[] {
      comparison.target(),
      comparison.loss().words(),
      String.format(Locale.ROOT, "%,d", comparison.rows()),
      digits(comparison.baseMean()),
      digits(comparison.mean()),
      digits(comparison.difference()),
      digits(comparison.low()),
      digits(comparison.high()),
      comparison.keys().all() == 0
          ? "-"
          : String.format(Locale.ROOT, "%.1f%%", 100 * comparison.keys().share()),
      comparison.verdict().words()
    };
  }

  private static String digits(double value) {
    return Figures.of(value, DIGITS);
  }
}
