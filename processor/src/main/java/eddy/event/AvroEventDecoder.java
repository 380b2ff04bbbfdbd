package eddy.event;

import eddy.event.AvroDeserializer.UndecodableException;
import eddy.feature.EventSchema;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * Reads events that are Avro records, each by the schema that it was written with, which a registry
 * knows.
 */
final class AvroEventDecoder implements EventDecoder, FieldNames {
  private static final int DEEPEST = 8;

  private final AvroDeserializer deserializer;
  private final FieldReader reader;
  private final AvroFields fields;
  private final int maxBytes;

  /**
   * A decoder for one thread.
   *
   * @param deserializer is closed with it
   * @param maxBytes size of the largest value that is not rejected
   */
  AvroEventDecoder(EventSchema schema, AvroDeserializer deserializer, int maxBytes) {
    this.deserializer = deserializer;
    this.maxBytes = maxBytes;
    reader = new FieldReader(schema);
    fields = new AvroFields(schema, reader);
  }

  @Override
  public Decoded decode(byte[] value, long recordTimestamp, long position) {
    return decode(value, new RecordHeaders(), recordTimestamp, position);
  }

  @Override
  public Decoded decode(byte[] value, Headers headers, long recordTimestamp, long position) {
    Decoded unread = Decoded.unread(value, maxBytes);
    if (unread != null) {
      return unread;
    }
    Object read;
    try {
      read = deserializer.read(headers, value);
    } catch (UndecodableException e) {
      return new Decoded.Rejected("expected Avro, but it cannot be read: " + e.getMessage());
    }
    if (!(read instanceof IndexedRecord record)) {
      String found = read == null ? "nothing" : read.getClass().getName();
      return new Decoded.Rejected("expected an Avro record, got " + found);
    }
    reader.begin(recordTimestamp, position);
    fields.read(record);
    return reader.finish();
  }

  @Override
  public Optional<Set<String>> of(byte[] value, Headers headers) {
    try {
      if (deserializer.read(headers, value) instanceof IndexedRecord record) {
        Set<String> names = new TreeSet<>();
        collect(record, "", 0, names);
        return Optional.of(names);
      }
    } catch (UndecodableException e) {
      // rejected with its reason when its turn comes
    }
    return Optional.empty();
  }

  private static void collect(IndexedRecord record, String prefix, int depth, Set<String> names) {
    for (Schema.Field field : record.getSchema().getFields()) {
      collect(field.schema(), record.get(field.pos()), prefix + field.name(), depth, names);
    }
  }

  private static void collect(
      Schema schema, Object value, String path, int depth, Set<String> names) {
    if (value instanceof IndexedRecord record && depth < DEEPEST) {
      collect(record, path + ".", depth + 1, names);
    } else if (value instanceof Map<?, ?> map && depth < DEEPEST) {
      Schema values = AvroFields.branch(schema, map).getValueType();
      map.forEach((name, part) -> collect(values, part, path + "." + name, depth + 1, names));
    } else {
      names.add(path);
      if (value == null) {
        absent(schema, path + ".", depth, names);
      }
    }
  }

  /** What a record that is null would have. */
  private static void absent(Schema schema, String prefix, int depth, Set<String> names) {
    if (schema.getType() == Schema.Type.UNION && depth < DEEPEST) {
      schema.getTypes().forEach(part -> absent(part, prefix, depth + 1, names));
    } else if (schema.getType() == Schema.Type.RECORD && depth < DEEPEST) {
      for (Schema.Field field : schema.getFields()) {
        names.add(prefix + field.name());
        absent(field.schema(), prefix + field.name() + ".", depth + 1, names);
      }
    }
  }

  @Override
  public void close() {
    deserializer.close();
  }
}
