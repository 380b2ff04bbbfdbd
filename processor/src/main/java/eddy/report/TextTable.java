package eddy.report;

import java.util.List;

/** Rows under a head in columns: names to the left, figures to the right. */
final class TextTable {
  private TextTable() {}

  /** Appends the table; nothing where there are no rows. Modifies only table. */
  static void append(StringBuilder table, List<String[]> rows, String... head) {
    if (rows.isEmpty()) {
      return;
    }
    int[] widths = new int[head.length];
    for (int column = 0; column < head.length; column++) {
      widths[column] = head[column].length();
      for (String[] row : rows) {
        widths[column] = Math.max(widths[column], row[column].length());
      }
    }
    append(table, widths, head);
    rows.forEach(row -> append(table, widths, row));
  }

  private static void append(StringBuilder table, int[] widths, String[] cells) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < cells.length; column++) {
      String padding = " ".repeat(widths[column] - cells[column].length());
      // names to the left, figures to the right
      line.append(column == 0 ? cells[column] + padding : "  " + padding + cells[column]);
    }
    table.append(line.toString().stripTrailing()).append('\n');
  }
}
