package eddy.event;

import eddy.feature.EventSchema;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Events out of a CSV file.
 *
 * <p>The time of a row is that of the time column; without one, of the schema's first time field;
 * without that, or where the cell is empty, its number.
 */
public final class CsvSource implements EventSource {
  private final CsvRows rows;
  private final CsvEventDecoder decoder;
  private final int timeField;
  private long timestamp;
  private Decoded decoded;

  private CsvSource(CsvRows rows, EventSchema schema) {
    this.rows = rows;
    schema.eventFields().forEach(field -> rows.column(field.path()));
    decoder = new CsvEventDecoder(schema, rows, rows.columns());
    timeField = rows.isTimed() ? -1 : schema.firstTime();
  }

  /**
   * Opens a file.
   *
   * @param keyColumn null for none: then the source gives no keys
   * @param timeColumn null for none
   * @throws eddy.config.ConfigurationException where the file, or the column of a field, the key or
   *     the time does not exist
   */
  public static CsvSource open(Path file, EventSchema schema, String keyColumn, String timeColumn)
      throws IOException {
    return of(CsvRows.open(file, keyColumn, timeColumn), schema);
  }

  /** The events of opened rows. Closes them with itself. */
  public static CsvSource of(CsvRows rows, EventSchema schema) throws IOException {
    try {
      return new CsvSource(rows, schema);
    } catch (RuntimeException e) {
      rows.close();
      throw e;
    }
  }

  @Override
  public boolean next() throws IOException {
    if (!rows.next()) {
      return false;
    }
    timestamp = rows.number();
    if (rows.isKeyed() && rows.key() == null) {
      decoded = Decoded.NO_KEY;
    } else if (rows.isTimed() && !rows.isRagged()) {
      timed();
    } else {
      decoded = decoder.decode(timestamp, rows.number());
      if (decoded instanceof Decoded.Accepted accepted && timeField >= 0) {
        timestamp = accepted.event().takeTime(timeField);
      }
    }
    return true;
  }

  private void timed() {
    long time = rows.time();
    if (time == TimeText.NONE) {
      decoded = new Decoded.Rejected(rows.timeReason());
    } else {
      timestamp = time;
      decoded = decoder.decode(time, rows.number());
    }
  }

  @Override
  public String key() {
    return rows.key();
  }

  @Override
  public long timestamp() {
    return timestamp;
  }

  @Override
  public long position() {
    return rows.number();
  }

  @Override
  public Decoded decoded() {
    return decoded;
  }

  @Override
  public long bytesRead() {
    return rows.bytesRead();
  }

  @Override
  public long bytesTotal() {
    return rows.bytesTotal();
  }

  @Override
  public void close() throws IOException {
    rows.close();
  }
}
