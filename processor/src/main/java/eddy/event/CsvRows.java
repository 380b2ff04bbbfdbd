package eddy.event;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import eddy.config.ConfigurationException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The rows of a CSV file (RFC 4180, UTF-8, plain or gzipped) with a header, one at a time.
 *
 * <p>The row is reused: its cells are slices of one buffer, valid until the next move. Empty lines
 * are no rows. A column may serve as key and one as time.
 */
public final class CsvRows implements Closeable, CsvCells {
  /** Columns that a message names at most. */
  private static final int MOST_NAMED = 20;

  private final InputFile file;
  private final CsvReader<Row> reader;
  private final CloseableIterator<Row> iterator;
  private final List<String> header;
  private final Map<String, Integer> columns = new HashMap<>();
  private final int keyColumn;
  private final int timeColumn;
  private Row row;
  private long number = -1;

  private CsvRows(InputFile file, String keyColumn, String timeColumn) throws IOException {
    this.file = file;
    reader =
        CsvReader.builder()
            // told apart from bad cells here, see isRagged
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .detectBomHeader(true)
            .build(new Row(), file.content(), StandardCharsets.UTF_8);
    iterator = reader.iterator();
    if (!read()) {
      throw new ConfigurationException(file.name() + ": is empty; it needs a header row");
    }
    header = header();
    this.keyColumn = keyColumn == null ? -1 : column(keyColumn);
    this.timeColumn = timeColumn == null ? -1 : column(timeColumn);
  }

  /**
   * Opens a file at its first row.
   *
   * @param keyColumn null for none
   * @param timeColumn null for none
   * @throws ConfigurationException where the file or one of the columns does not exist
   */
  public static CsvRows open(Path path, String keyColumn, String timeColumn) throws IOException {
    return open(InputFile.open(path), keyColumn, timeColumn);
  }

  /**
   * Opens what a stream gives, such as a resource, at its first row.
   *
   * @param name of the input, to be named in errors
   * @param bytes in the stream, -1 where that is not known
   */
  public static CsvRows open(
      String name, InputStream stored, long bytes, String keyColumn, String timeColumn)
      throws IOException {
    return open(InputFile.open(name, stored, bytes), keyColumn, timeColumn);
  }

  private static CsvRows open(InputFile file, String keyColumn, String timeColumn)
      throws IOException {
    try {
      return new CsvRows(file, keyColumn, timeColumn);
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private List<String> header() {
    List<String> names = new ArrayList<>();
    for (int column = 0; column < row.cells; column++) {
      String name = cell(column);
      if (columns.put(name, column) != null) {
        throw new ConfigurationException(
            file.name() + ": has two columns " + Quoted.of(name) + "; rename one");
      }
      names.add(name);
    }
    return List.copyOf(names);
  }

  /**
   * Where a column stands.
   *
   * @throws ConfigurationException where the header has no such column
   */
  int column(String name) {
    Integer column = columns.get(name);
    if (column == null) {
      throw new ConfigurationException(
          file.name() + ": has no column " + Quoted.of(name) + "; it has " + someColumns());
    }
    return column;
  }

  private String someColumns() {
    String some =
        header.stream()
            .limit(MOST_NAMED)
            .map(name -> Quoted.bare(name.toCharArray(), 0, name.length()))
            .collect(Collectors.joining(", "));
    return header.size() > MOST_NAMED ? some + ", ..." : some;
  }

  /** Names of the columns. */
  public List<String> columns() {
    return header;
  }

  /**
   * Moves to the next row.
   *
   * @return false at the end
   * @throws IOException where the file cannot be read, or is no CSV, from here on
   */
  public boolean next() throws IOException {
    boolean more = read();
    number += more ? 1 : 0;
    return more;
  }

  private boolean read() throws IOException {
    try {
      boolean more = iterator.hasNext();
      if (more) {
        row = iterator.next();
      }
      return more;
    } catch (UncheckedIOException e) {
      throw new IOException(file.name() + ": " + e.getCause().getMessage(), e);
    } catch (CsvParseException e) {
      String cause = e.getCause() == null ? "" : ": " + e.getCause().getMessage();
      throw new IOException(file.name() + ": " + e.getMessage() + cause, e);
    }
  }

  /** 0-based number of the row. */
  public long number() {
    return number;
  }

  /** The cell of the key column; null where it is empty, or there is no such column. */
  public String key() {
    return keyColumn < 0 || keyColumn >= row.cells || length(keyColumn) == 0
        ? null
        : cell(keyColumn);
  }

  /** Whether a column serves as key. */
  boolean isKeyed() {
    return keyColumn >= 0;
  }

  /** Whether a column serves as time. */
  boolean isTimed() {
    return timeColumn >= 0;
  }

  /**
   * The time of the row in milliseconds since 1970 UTC: of the time column, else {@link
   * TimeText#NONE}.
   */
  public long time() {
    if (timeColumn < 0 || timeColumn >= row.cells) {
      return TimeText.NONE;
    }
    int from = start(timeColumn);
    int length = length(timeColumn);
    if (!NumberText.matches(row.text, from, length)) {
      return TimeText.parse(row.text, from, length);
    }
    double milliseconds = NumberText.value(row.text, from, length);
    return Math.abs(milliseconds) <= 1L << 53 ? (long) milliseconds : TimeText.NONE;
  }

  /** Why the row has no time, where {@link #time} gives none. */
  String timeReason() {
    String cell = timeColumn < row.cells ? Quoted.of(cell(timeColumn)) : "nothing";
    return "column " + header.get(timeColumn) + ": expected " + TimeText.FORMS + ", got " + cell;
  }

  /** Whether the row has more or fewer cells than the header: its cells are not to be trusted. */
  public boolean isRagged() {
    return row.cells != header.size();
  }

  @Override
  public int cells() {
    return row.cells;
  }

  /** The text of a cell. */
  public String cell(int column) {
    return new String(row.text, start(column), length(column));
  }

  @Override
  public char[] text() {
    return row.text;
  }

  @Override
  public int start(int column) {
    return column == 0 ? 0 : row.ends[column - 1];
  }

  @Override
  public int length(int column) {
    return row.ends[column] - start(column);
  }

  /** Bytes read so far, as they are stored. */
  public long bytesRead() {
    return file.bytesRead();
  }

  /** Bytes of the file as it is stored, -1 where that is not known. */
  public long bytesTotal() {
    return file.bytesTotal();
  }

  @Override
  public void close() throws IOException {
    try {
      reader.close();
    } finally {
      file.close();
    }
  }

  /** Collects the cells of a row. */
  private static final class Row extends AbstractBaseCsvCallbackHandler<Row> {
    private char[] text = new char[256];
    private int[] ends = new int[16];
    private int cells;

    @Override
    protected void handleBegin(long startingLineNumber) {
      cells = 0;
    }

    @Override
    protected void handleField(int column, char[] buffer, int from, int length, boolean quoted) {
      int start = cells == 0 ? 0 : ends[cells - 1];
      if (start + length > text.length) {
        text = Arrays.copyOf(text, Math.max(2 * text.length, start + length));
      }
      if (cells == ends.length) {
        ends = Arrays.copyOf(ends, 2 * ends.length);
      }
      System.arraycopy(buffer, from, text, start, length);
      ends[cells++] = start + length;
    }

    @Override
    protected Row buildRecord() {
      return this;
    }
  }
}
