package eddy.config;

import java.util.List;

/**
 * How the values of a topic's records are written.
 *
 * @param kind JSON, lines of CSV, or Avro
 * @param topic of the records, null where it is not configured
 * @param columns of a line of CSV, in their order
 * @param deserializer name of the class that reads Avro
 * @param formatKey key that says so
 */
public record ValueFormat(
    Kind kind, String topic, List<String> columns, String deserializer, String formatKey) {
  /** Syntaxes. */
  public enum Kind {
    JSON,
    CSV,
    AVRO
  }

  public ValueFormat {
    columns = List.copyOf(columns);
  }

  /** Key that names the deserializer. */
  public String deserializerKey() {
    return EddyKeys.AVRO_DESERIALIZER;
  }
}
