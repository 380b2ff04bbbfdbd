package eddy.event;

import eddy.feature.EventSchema;

/**
 * Makes an event of a CSV row: the same as the JSON decoder makes of what {@link CsvToJson} writes.
 *
 * <p>An empty cell is null, a cell that JSON would call a number is one, all else is text.
 */
final class CsvEventDecoder {
  private final CsvRows rows;
  private final FieldReader reader;
  private final int[] columns;

  /**
   * A decoder of the rows' current row.
   *
   * @throws eddy.config.ConfigurationException where a field has no column
   */
  CsvEventDecoder(EventSchema schema, CsvRows rows) {
    this.rows = rows;
    reader = new FieldReader(schema);
    columns = schema.eventFields().stream().mapToInt(field -> rows.column(field.path())).toArray();
  }

  Decoded decode(long timestamp) {
    if (rows.isRagged()) {
      return new Decoded.Rejected(
          "expected " + rows.columns().size() + " cells as in the header, got " + rows.cells());
    }
    reader.begin(timestamp, rows.number());
    char[] text = rows.text();
    for (int field = 0; field < columns.length; field++) {
      int from = rows.start(columns[field]);
      int length = rows.length(columns[field]);
      if (length == 0) {
        reader.nothing(field);
      } else if (NumberText.matches(text, from, length)) {
        reader.number(field, text, from, length);
      } else {
        reader.text(field, text, from, length);
      }
    }
    return reader.finish();
  }
}
