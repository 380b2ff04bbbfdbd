package eddy.cli;

import eddy.replay.Difference;
import eddy.replay.FieldDifference;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The first record that differs, field by field: what is published beside what is derived. */
final class DifferenceText {
  /** Longest text that is shown whole. */
  private static final int WIDEST = 40;

  /** Characters shown before the first that differs. */
  private static final int BEFORE = 10;

  private static final String NONE = "(none)";

  private DifferenceText() {}

  /**
   * Some lines, each ended by a line feed.
   *
   * @param equal predictions that were compared before it
   */
  static String of(Difference difference, long equal) {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "different: %s %s; %,d predictions before it are equal%n",
            difference.place(),
            difference.what(),
            equal));
    if (difference.fields().isEmpty()) {
      return text.toString();
    }
    List<String[]> rows = new ArrayList<>();
    rows.add(new String[] {"field", "published", "derived", ""});
    difference.fields().forEach(field -> rows.add(row(field)));
    int[] widths = new int[3];
    for (String[] row : rows) {
      for (int column = 0; column < widths.length; column++) {
        widths[column] = Math.max(widths[column], row[column].length());
      }
    }
    for (String[] row : rows) {
      StringBuilder line = new StringBuilder(" ");
      for (int column = 0; column < row.length; column++) {
        line.append(' ').append(row[column]);
        if (column < widths.length) {
          line.append(" ".repeat(1 + widths[column] - row[column].length()));
        }
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  private static String[] row(FieldDifference field) {
    String published = field.published();
    String derived = field.derived();
    if (published == null || derived == null) {
      return new String[] {
        field.name(), whole(published), whole(derived), published == null ? "missing" : "too much"
      };
    }
    if (published.length() <= WIDEST && derived.length() <= WIDEST) {
      return new String[] {field.name(), published, derived, gap(published, derived)};
    }
    int at = mismatch(published, derived);
    return new String[] {
      field.name(),
      excerpt(published, at),
      excerpt(derived, at),
      "from character " + at + " of " + published.length() + " and " + derived.length()
    };
  }

  private static String whole(String text) {
    return text == null ? NONE : excerpt(text, 0);
  }

  private static String excerpt(String text, int at) {
    if (text.length() <= WIDEST) {
      return text;
    }
    int from = Math.max(0, Math.min(at - BEFORE, text.length() - WIDEST));
    int to = Math.min(text.length(), from + WIDEST);
    return (from > 0 ? "…" : "") + text.substring(from, to) + (to < text.length() ? "…" : "");
  }

  private static int mismatch(String one, String other) {
    int at = 0;
    while (at < one.length() && at < other.length() && one.charAt(at) == other.charAt(at)) {
      at++;
    }
    return at;
  }

  /** How far two numbers are apart; empty where they are none. */
  private static String gap(String published, String derived) {
    try {
      double left = Double.parseDouble(published);
      double right = Double.parseDouble(derived);
      double gap = left - right;
      if (gap == 0) {
        return "the same number, written differently";
      }
      return right == 0
          ? String.format(Locale.ROOT, "off by %.3g", gap)
          : String.format(Locale.ROOT, "off by %.3g, %.3g of it", gap, Math.abs(gap / right));
    } catch (NumberFormatException e) {
      return "";
    }
  }
}
