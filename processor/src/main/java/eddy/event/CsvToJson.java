package eddy.event;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Writes CSV rows as the JSON that is fed into a topic.
 *
 * <p>Numbers keep their digits, empty cells are null, all else is text. A row with more or fewer
 * cells than the header becomes an array, which no decoder accepts: its values have no names.
 */
public final class CsvToJson {
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8).build();

  private final CsvRows rows;
  private final SerializableString[] names;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);

  /** A writer of the rows' current row. */
  public CsvToJson(CsvRows rows) {
    this.rows = rows;
    names = rows.columns().stream().map(SerializedString::new).toArray(SerializableString[]::new);
  }

  /** The current row as JSON in UTF-8. */
  public byte[] json() {
    bytes.reset();
    try (JsonGenerator generator = JSON.createGenerator(bytes, JsonEncoding.UTF8)) {
      if (rows.isRagged()) {
        generator.writeStartArray();
        for (int column = 0; column < rows.cells(); column++) {
          generator.writeString(rows.text(), rows.start(column), rows.length(column));
        }
        generator.writeEndArray();
      } else {
        generator.writeStartObject();
        for (int column = 0; column < names.length; column++) {
          generator.writeFieldName(names[column]);
          cell(generator, rows.text(), rows.start(column), rows.length(column));
        }
        generator.writeEndObject();
      }
    } catch (IOException e) {
      // into memory, of text that was decoded from UTF-8
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void cell(JsonGenerator generator, char[] text, int from, int length)
      throws IOException {
    if (length == 0) {
      generator.writeNull();
    } else if (NumberText.matches(text, from, length)) {
      generator.writeNumber(text, from, length);
    } else {
      generator.writeString(text, from, length);
    }
  }
}
