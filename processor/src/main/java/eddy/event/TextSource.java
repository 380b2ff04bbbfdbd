package eddy.event;

import eddy.config.ConfigurationException;
import eddy.feature.EventSchema;
import eddy.feature.Field;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Events out of a text in UTF-8, plain or gzipped: one for every character, line ends too.
 *
 * <p>The only field is {@code char}; there is no key, and the time is the position. Bytes that are
 * no UTF-8 become U+FFFD.
 */
public final class TextSource implements EventSource {
  /** Name of the field. */
  public static final String FIELD = "char";

  private static final int BUFFER = 1 << 14;

  private final InputFile file;
  private final Reader reader;
  private final FieldReader fields;
  private final int fieldCount;
  private final char[] character = new char[2];
  private long position = -1;
  private Decoded decoded;

  private TextSource(InputFile file, EventSchema schema) {
    this.file = file;
    reader =
        new BufferedReader(new InputStreamReader(file.content(), StandardCharsets.UTF_8), BUFFER);
    fields = new FieldReader(schema);
    fieldCount = schema.eventFields().size();
  }

  /**
   * Opens a file.
   *
   * @throws ConfigurationException where it does not exist, or the schema has other fields
   */
  public static TextSource open(Path path, EventSchema schema) throws IOException {
    for (Field field : schema.eventFields()) {
      if (!field.path().equals(FIELD)) {
        throw new ConfigurationException(
            path + ": a text has no field " + Quoted.of(field.path()) + "; it has " + FIELD);
      }
    }
    return new TextSource(InputFile.open(path), schema);
  }

  @Override
  public boolean next() throws IOException {
    int first = reader.read();
    if (first < 0) {
      return false;
    }
    character[0] = (char) first;
    int length = 1;
    if (Character.isHighSurrogate(character[0])) {
      // a decoder of UTF-8 gives whole pairs only
      character[1] = (char) reader.read();
      length = 2;
    }
    position++;
    fields.begin(position, position);
    for (int field = 0; field < fieldCount; field++) {
      fields.text(field, character, 0, length);
    }
    decoded = fields.finish();
    return true;
  }

  @Override
  public String key() {
    return null;
  }

  @Override
  public long timestamp() {
    return position;
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public Decoded decoded() {
    return decoded;
  }

  @Override
  public long bytesRead() {
    return file.bytesRead();
  }

  @Override
  public long bytesTotal() {
    return file.bytesTotal();
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
