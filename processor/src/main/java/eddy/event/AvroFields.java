package eddy.event;

import eddy.feature.EventSchema;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.IndexedRecord;

/**
 * Finds an event's fields in Avro records, by the schema that each was written with.
 *
 * <p>Records and maps are objects, whose fields are reached by dotted paths; a union is what stands
 * in it, null a missing value. Times and dates are milliseconds since 1970 UTC, whatever their
 * unit; decimals are numbers; enums and uuids are texts. Other bytes, and arrays, are no values.
 */
final class AvroFields {
  private static final long DAY_MS = 86_400_000L;

  private final FieldReader reader;
  private final FieldTree root;

  AvroFields(EventSchema schema, FieldReader reader) {
    this.reader = reader;
    root = FieldTree.of(schema);
  }

  /** Reads the fields of a record. */
  void read(IndexedRecord record) {
    record(record, root);
  }

  private void record(IndexedRecord record, FieldTree tree) {
    for (Schema.Field field : record.getSchema().getFields()) {
      FieldTree child = tree.child(field.name());
      if (child != null) {
        value(field.schema(), record.get(field.pos()), child);
      }
    }
  }

  private void map(Schema schema, Map<?, ?> map, FieldTree tree) {
    // in the order of names, whatever that of the hashes is
    Map<String, Object> sorted = new TreeMap<>();
    map.forEach((name, value) -> sorted.put(String.valueOf(name), value));
    sorted.forEach(
        (name, value) -> {
          FieldTree child = tree.child(name);
          if (child != null) {
            value(schema.getValueType(), value, child);
          }
        });
  }

  private void value(Schema declared, Object value, FieldTree tree) {
    Schema schema = value == null ? declared : branch(declared, value);
    for (int field : tree.fields()) {
      field(schema, value, field);
    }
    if (tree.below().length > 0) {
      if (value instanceof IndexedRecord record) {
        record(record, tree);
      } else if (value instanceof Map<?, ?> map) {
        map(schema, map, tree);
      }
    }
  }

  /** The part of a union that a value belongs to. */
  static Schema branch(Schema schema, Object value) {
    if (schema.getType() != Schema.Type.UNION) {
      return schema;
    }
    Schema only = null;
    int others = 0;
    for (Schema part : schema.getTypes()) {
      if (part.getType() != Schema.Type.NULL) {
        only = part;
        others++;
      }
    }
    if (others == 1) {
      return only;
    }
    try {
      return schema.getTypes().get(GenericData.get().resolveUnion(schema, value));
    } catch (AvroRuntimeException e) {
      // a value of a logical type, which says by itself what it is
      return schema;
    }
  }

  private void field(Schema schema, Object value, int field) {
    if (value == null) {
      reader.nothing(field);
    } else if (value instanceof Integer || value instanceof Long) {
      reader.number(field, whole(schema, ((Number) value).longValue()));
    } else if (value instanceof Float single) {
      single(field, single);
    } else if (value instanceof Double number) {
      reader.number(field, number);
    } else if (value instanceof Boolean truth) {
      reader.truth(field, truth);
    } else if (value instanceof BigDecimal decimal) {
      reader.number(field, decimal.toString());
    } else if (value instanceof ByteBuffer bytes) {
      ByteBuffer copy = bytes.duplicate();
      byte[] content = new byte[copy.remaining()];
      copy.get(content);
      bytes(schema, content, field);
    } else if (value instanceof GenericFixed fixed) {
      bytes(schema, fixed.bytes(), field);
    } else if (isText(value)) {
      char[] text = value.toString().toCharArray();
      reader.text(field, text, 0, text.length);
    } else {
      converted(schema, value, field);
    }
  }

  private static boolean isText(Object value) {
    return value instanceof CharSequence
        || value instanceof Enum<?>
        || value instanceof UUID
        || value instanceof GenericData.EnumSymbol;
  }

  /** A class has the digits of the single, a number all of its value. */
  private void single(int field, float value) {
    if (reader.isClass(field) && Float.isFinite(value)) {
      reader.number(field, ShortestDecimal.textOfSingle(value));
    } else {
      reader.number(field, (double) value);
    }
  }

  /** A time of any unit in milliseconds; another number as it is. */
  private static long whole(Schema schema, long value) {
    LogicalType type = schema.getLogicalType();
    if (type == null) {
      return value;
    }
    return switch (type.getName()) {
      case "date" -> value * DAY_MS;
      case "timestamp-micros", "local-timestamp-micros" -> Math.floorDiv(value, 1_000L);
      case "timestamp-nanos", "local-timestamp-nanos" -> Math.floorDiv(value, 1_000_000L);
      default -> value;
    };
  }

  private void bytes(Schema schema, byte[] content, int field) {
    if (schema.getLogicalType() instanceof LogicalTypes.Decimal decimal && content.length > 0) {
      BigDecimal number = new BigDecimal(new BigInteger(content), decimal.getScale());
      reader.number(field, number.toString());
    } else {
      reader.wrong(field, "bytes");
    }
  }

  /** What a deserializer has made of a logical type. */
  private void converted(Schema schema, Object value, int field) {
    if (value instanceof Instant instant) {
      reader.number(field, instant.toEpochMilli());
    } else if (value instanceof LocalDateTime time) {
      reader.number(field, time.toInstant(ZoneOffset.UTC).toEpochMilli());
    } else if (value instanceof LocalDate date) {
      reader.number(field, date.toEpochDay() * DAY_MS);
    } else if (value instanceof LocalTime time) {
      LogicalType type = schema.getLogicalType();
      boolean micros = type != null && type.getName().equals("time-micros");
      reader.number(field, time.toNanoOfDay() / (micros ? 1_000 : 1_000_000));
    } else {
      reader.wrong(field, name(value));
    }
  }

  private static String name(Object value) {
    if (value instanceof IndexedRecord) {
      return "a record";
    } else if (value instanceof Map<?, ?>) {
      return "a map";
    }
    return value instanceof Iterable<?> ? "an array" : "a " + value.getClass().getSimpleName();
  }
}
