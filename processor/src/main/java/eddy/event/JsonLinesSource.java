package eddy.event;

import eddy.config.EddyConfig;
import eddy.feature.Event;
import eddy.feature.EventSchema;
import eddy.feature.Field;
import eddy.feature.FieldKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * Events out of a file of JSON lines, plain or gzipped: each line is what a topic's record would
 * have for its value.
 *
 * <p>Key and time are paths, as those of the features. The time of a line is that of its path;
 * without one, of the schema's first time field; without that, its number. Lines longer than {@code
 * eddy.event.max.bytes} are rejected and not held.
 */
public final class JsonLinesSource implements EventSource {
  /** Lines that the survey of fields looks at. */
  private static final long SURVEYED = 100;

  private static final Headers NO_HEADERS = new RecordHeaders();

  private final Path path;
  private final Lines lines;
  private final int maxBytes;
  private final JsonEventDecoder decoder;
  private final JsonEventDecoder names; // of key and time; null where neither is asked for
  private final FieldSurvey survey;
  private final int keyField; // in the schema of names
  private final int namedTime;
  private final int timeField; // in the learner's schema
  private String key;
  private long timestamp;
  private Decoded decoded;

  private JsonLinesSource(
      Path path, Lines lines, EddyConfig config, String keyPath, String timePath) {
    this.path = path;
    this.lines = lines;
    EventSchema schema = config.schema();
    maxBytes = config.eventMaxBytes();
    decoder = new JsonEventDecoder(schema, maxBytes);
    survey = FieldSurvey.ofJson(config);
    List<Field> fields = new ArrayList<>();
    keyField = keyPath == null ? -1 : fields.size();
    if (keyPath != null) {
      fields.add(new Field(keyPath, FieldKind.CATEGORY, false));
    }
    namedTime = timePath == null ? -1 : fields.size();
    if (timePath != null) {
      fields.add(new Field(timePath, FieldKind.TIME, true));
    }
    names = fields.isEmpty() ? null : new JsonEventDecoder(EventSchema.ofFields(fields), maxBytes);
    timeField = timePath == null ? schema.firstTime() : -1;
  }

  /**
   * Opens a file.
   *
   * @param keyPath null for none: then the source gives no keys
   * @param timePath null for none
   * @throws eddy.config.ConfigurationException where the file does not exist
   */
  public static JsonLinesSource open(Path file, EddyConfig config, String keyPath, String timePath)
      throws IOException {
    Lines lines = new Lines(InputFile.open(file), config.eventMaxBytes());
    try {
      return new JsonLinesSource(file, lines, config, keyPath, timePath);
    } catch (RuntimeException e) {
      lines.close();
      throw e;
    }
  }

  @Override
  public boolean next() throws IOException {
    if (!lines.next()) {
      return false;
    }
    timestamp = lines.number();
    key = null;
    decoded = lines.bytes() > maxBytes ? tooLong() : decode(lines.line());
    return true;
  }

  private Decoded tooLong() {
    return Decoded.tooLarge(lines.bytes(), maxBytes);
  }

  private Decoded decode(byte[] line) {
    if (lines.number() < SURVEYED) {
      survey.add(line, NO_HEADERS);
    }
    if (names != null) {
      Decoded named = names.decode(line, timestamp, lines.number());
      if (!(named instanceof Decoded.Accepted accepted)) {
        return named;
      }
      Event event = accepted.event();
      if (namedTime >= 0) {
        timestamp = (long) event.numbers[namedTime];
      }
      key = keyField < 0 ? null : event.categories[keyField];
      if (keyField >= 0 && (key == null || key.isEmpty())) {
        key = null;
        return Decoded.NO_KEY;
      }
    }
    Decoded whole = decoder.decode(line, timestamp, lines.number());
    if (timeField >= 0 && whole instanceof Decoded.Accepted accepted) {
      timestamp = accepted.event().takeTime(timeField);
    }
    return whole;
  }

  /**
   * Checks that the events read so far have the fields of the configuration: the first question
   * where nothing could be scored.
   *
   * @throws eddy.config.ConfigurationException with a line for every field that was in none of them
   */
  public void requireFields() {
    survey.requireFields(path.toString());
  }

  @Override
  public String key() {
    return key;
  }

  @Override
  public long timestamp() {
    return timestamp;
  }

  @Override
  public long position() {
    return lines.number();
  }

  @Override
  public Decoded decoded() {
    return decoded;
  }

  @Override
  public long bytesRead() {
    return lines.bytesRead();
  }

  @Override
  public long bytesTotal() {
    return lines.bytesTotal();
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
