package eddy.benchmark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A table in Markdown whose columns line up. */
public final class Table {
  private final List<String[]> rows = new ArrayList<>();

  public Table(String... header) {
    rows.add(header);
  }

  /** Appends a row of as many cells as the header has. */
  public void add(String... cells) {
    if (cells.length != rows.get(0).length) {
      throw new IllegalArgumentException(
          "a row must have " + rows.get(0).length + " cells but has " + cells.length);
    }
    rows.add(cells);
  }

  @Override
  public String toString() {
    int[] widths = new int[rows.get(0).length];
    for (String[] row : rows) {
      for (int c = 0; c < row.length; c++) {
        widths[c] = Math.max(widths[c], row[c].length());
      }
    }
    StringBuilder text = new StringBuilder();
    append(rows.get(0), widths, text);
    String[] rule = Arrays.stream(widths).mapToObj("-"::repeat).toArray(String[]::new);
    append(rule, widths, text);
    rows.subList(1, rows.size()).forEach(row -> append(row, widths, text));
    return text.toString();
  }

  private static void append(String[] row, int[] widths, StringBuilder text) {
    text.append('|');
    for (int c = 0; c < row.length; c++) {
      text.append(' ').append(row[c]).append(" ".repeat(widths[c] - row[c].length())).append(" |");
    }
    text.append('\n');
  }
}
