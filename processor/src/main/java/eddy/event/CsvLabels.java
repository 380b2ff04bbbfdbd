package eddy.event;

import eddy.config.ConfigurationException;
import eddy.event.LabelReader.Read;
import eddy.feature.EventSchema;
import eddy.feature.TargetSpec;
import eddy.learn.Prequential;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;

/**
 * Labels of a CSV file beside the events of another one: key, id of the event, values of targets,
 * and when they come.
 *
 * <p>A label comes after the event whose row its column {@value #AFTER} names; in a file without
 * that column, after all events that are no later than its time. Rows come one after another: none
 * before the one above it.
 */
public final class CsvLabels implements Closeable {
  /** Column with the 0-based row of the events after which a label comes. */
  public static final String AFTER = "after_row";

  private final CsvRows rows;
  private final CsvSource source;
  private final LabelReader reader;
  private final boolean ownIds;
  private final int after;
  private final String reason;
  private Predicate<String> keys = key -> true;
  private long order = Long.MIN_VALUE;
  private Read read;
  private long id;

  private CsvLabels(
      CsvRows rows, String file, LabelReader reader, boolean ownIds, String timeColumn)
      throws IOException {
    this.rows = rows;
    this.reader = reader;
    this.ownIds = ownIds;
    after = rows.columns().contains(AFTER) ? rows.column(AFTER) : -1;
    if (after < 0 && timeColumn == null) {
      throw new ConfigurationException(
          file
              + ": does not say when labels come; add a column "
              + AFTER
              + " with the row of the events, from 0, after which a label comes, or name the column"
              + " of the time in both files with --time");
    }
    source = CsvSource.of(rows, reader.schema());
    reason = "column " + AFTER + ": expected the row of an event, from 0, got ";
  }

  /**
   * Opens a file.
   *
   * @param learner the schema of the learner's events
   * @param idField column of the event's id; empty for {@value LabelReader#ID}, the row of the
   *     event
   * @param keyColumn null for none: then all labels have one key
   * @param timeColumn null for none
   * @throws ConfigurationException where the file or a column does not exist
   */
  public static CsvLabels open(
      Path file,
      EventSchema learner,
      List<TargetSpec> targets,
      String idField,
      String keyColumn,
      String timeColumn)
      throws IOException {
    LabelReader reader = new LabelReader(learner, targets, idField);
    CsvRows plain = CsvRows.open(file, keyColumn, null);
    boolean ordered = plain.columns().contains(AFTER);
    CsvRows rows = plain;
    if (!ordered && timeColumn != null) {
      plain.close();
      rows = CsvRows.open(file, keyColumn, timeColumn);
    }
    try {
      return new CsvLabels(
          rows, file.toString(), reader, !idField.isEmpty(), ordered ? null : timeColumn);
    } catch (RuntimeException e) {
      rows.close();
      throw e;
    }
  }

  /** Passes over the labels of all other keys. */
  public CsvLabels keys(Predicate<String> some) {
    keys = some;
    return this;
  }

  /**
   * Moves to the next label.
   *
   * @return false at the end
   * @throws IOException where the file cannot be read any further
   */
  public boolean next() throws IOException {
    do {
      if (!source.next()) {
        return false;
      }
    } while (key() != null && !keys.test(key()));
    read = reader.read(source.decoded());
    if (read instanceof Read.Label label) {
      order();
      if (read instanceof Read.Label) {
        name(label.id());
      }
    }
    return true;
  }

  private void order() {
    if (after < 0) {
      order = Math.max(order, source.timestamp());
      return;
    }
    long row = row(rows.cell(after));
    if (row < 0) {
      read = new Read.Rejected(reason + Quoted.of(rows.cell(after)));
    }
    order = Math.max(order, row);
  }

  private void name(String text) {
    id = ownIds ? Prequential.eventId(text) : row(text);
    if (!ownIds && id < 0) {
      read =
          new Read.Rejected(
              "field "
                  + LabelReader.ID
                  + ": expected the row of an event, from 0, got "
                  + Quoted.of(text));
    }
  }

  private static long row(String text) {
    try {
      return Math.max(-1, Long.parseLong(text));
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  /**
   * Whether the label comes before an event.
   *
   * @param row of the event
   * @param time of the event
   */
  public boolean isBefore(long row, long time) {
    return order < (after < 0 ? time : row);
  }

  /** The key; null where the label has none. */
  public String key() {
    return source.key();
  }

  /** Number of the row, from 0. */
  public long position() {
    return source.position();
  }

  /** Number that the label calls its event by. */
  public long id() {
    return id;
  }

  /** The label's values, or why there are none; valid until the next move. */
  public Read read() {
    return read;
  }

  @Override
  public void close() throws IOException {
    source.close();
  }
}
