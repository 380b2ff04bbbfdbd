package eddy.event;

import eddy.feature.EventSchema;
import java.util.List;

/**
 * Makes an event of a CSV row: the same as the JSON decoder makes of what {@link CsvToJson} writes.
 *
 * <p>An empty cell is null, a cell that JSON would call a number is one, all else is text.
 */
final class CsvEventDecoder {
  private final CsvCells row;
  private final int width;
  private final FieldReader reader;
  private final int[] columns;

  /**
   * A decoder of the current row.
   *
   * @param header names of all columns, among them those of the schema's fields
   */
  CsvEventDecoder(EventSchema schema, CsvCells row, List<String> header) {
    this.row = row;
    width = header.size();
    reader = new FieldReader(schema);
    columns =
        schema.eventFields().stream().mapToInt(field -> header.indexOf(field.path())).toArray();
  }

  Decoded decode(long timestamp, long position) {
    if (row.cells() != width) {
      return new Decoded.Rejected(
          "expected " + width + " cells as in the header, got " + row.cells());
    }
    reader.begin(timestamp, position);
    char[] text = row.text();
    for (int field = 0; field < columns.length; field++) {
      int from = row.start(columns[field]);
      int length = row.length(columns[field]);
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
