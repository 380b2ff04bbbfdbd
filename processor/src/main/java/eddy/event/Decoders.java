package eddy.event;

import eddy.config.ConfigurationException;
import eddy.config.EddyConfig;
import eddy.config.ValueFormat;
import eddy.feature.EventSchema;

/** Makes decoders of the format that a configuration gives a topic. */
public final class Decoders {
  private Decoders() {}

  /** A decoder of the input topic's events, for one thread. */
  public static EventDecoder ofEvents(EddyConfig config, EventSchema schema) {
    return of(config.eventFormat(), config, schema);
  }

  /** A decoder of the labels topic's labels, for one thread. */
  public static EventDecoder ofLabels(EddyConfig config, EventSchema schema) {
    return of(config.labelFormat(), config, schema);
  }

  /**
   * Checks that what the formats need is there, before anything is started.
   *
   * @throws ConfigurationException where a library or a setting is missing
   */
  public static void check(EddyConfig config) {
    ofEvents(config, config.schema()).close();
    if (config.usesLabels()) {
      of(config.labelFormat(), config, config.labelSchema()).close();
    }
  }

  private static EventDecoder of(ValueFormat format, EddyConfig config, EventSchema schema) {
    return switch (format.kind()) {
      case JSON -> new JsonEventDecoder(schema, config.eventMaxBytes());
      case CSV -> new CsvLineDecoder(schema, format.columns(), config.eventMaxBytes());
      case AVRO -> {
        requireAvro(format);
        AvroDeserializer.boundItems(config.eventMaxBytes());
        yield new AvroEventDecoder(
            schema,
            AvroDeserializer.of(format, config.deserializerSettings()),
            config.eventMaxBytes());
      }
    };
  }

  /** What the survey of a topic's fields reads by; null where the configuration says it all. */
  static FieldNames names(EddyConfig config) {
    return switch (config.eventFormat().kind()) {
      case JSON -> new JsonNames();
      case CSV -> null;
      case AVRO -> (AvroEventDecoder) ofEvents(config, config.schema());
    };
  }

  private static void requireAvro(ValueFormat format) {
    try {
      Class.forName("org.apache.avro.generic.IndexedRecord");
    } catch (ClassNotFoundException e) {
      throw new ConfigurationException(
          format.formatKey()
              + "=avro: there is no Avro on the class path; add org.apache.avro:avro, and"
              + " io.apicurio:apicurio-registry-serdes-avro-serde or"
              + " io.confluent:kafka-avro-serializer");
    }
  }
}
