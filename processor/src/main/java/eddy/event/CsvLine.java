package eddy.event;

import java.util.Arrays;

/**
 * One row of CSV (RFC 4180) in a text of its own: the value of a record. Reused; for one thread.
 *
 * <p>The row may end in one line end. Files are read by FastCSV, see {@link CsvRows}: its reader is
 * made for streams and costs a buffer for each. Both read a row alike.
 */
final class CsvLine implements CsvCells {
  private char[] text = new char[256];
  private int[] ends = new int[16];
  private int cells;

  /**
   * Reads a row.
   *
   * @return why it is none; null where it is one
   */
  String read(char[] row, int length) {
    if (text.length < length) {
      text = new char[Math.max(length, 2 * text.length)];
    }
    cells = 0;
    int end = withoutLineEnd(row, length);
    int at = 0;
    int written = 0;
    while (true) {
      boolean quoted = at < end && row[at] == '"';
      if (quoted) {
        at++;
        while (at < end && !(row[at] == '"' && (at + 1 == end || row[at + 1] != '"'))) {
          at += row[at] == '"' ? 1 : 0;
          text[written++] = row[at++];
        }
        if (at == end) {
          return "cell " + (cells + 1) + ": its quote does not end";
        }
        at++;
      } else {
        while (at < end && row[at] != ',' && row[at] != '\n' && row[at] != '\r') {
          text[written++] = row[at++];
        }
      }
      endCell(written);
      if (at == end) {
        return null;
      }
      if (row[at] != ',') {
        return quoted && row[at] != '\n' && row[at] != '\r'
            ? "cell " + cells + ": text follows its closing quote"
            : "a second row follows";
      }
      at++;
    }
  }

  private static int withoutLineEnd(char[] row, int length) {
    int end = length;
    end -= end > 0 && row[end - 1] == '\n' ? 1 : 0;
    end -= end > 0 && row[end - 1] == '\r' ? 1 : 0;
    return end;
  }

  private void endCell(int written) {
    if (cells == ends.length) {
      ends = Arrays.copyOf(ends, 2 * cells);
    }
    ends[cells++] = written;
  }

  @Override
  public int cells() {
    return cells;
  }

  @Override
  public char[] text() {
    return text;
  }

  @Override
  public int start(int column) {
    return column == 0 ? 0 : ends[column - 1];
  }

  @Override
  public int length(int column) {
    return ends[column] - start(column);
  }
}
