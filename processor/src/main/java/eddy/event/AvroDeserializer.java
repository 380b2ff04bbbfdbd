package eddy.event;

import eddy.config.ConfigurationException;
import eddy.config.ValueFormat;
import java.io.Closeable;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.utils.Utils;

/**
 * The configured deserializer of Avro records, such as Apicurio's or Confluent's: it gets a
 * record's schema from a registry. Asked again, for a few seconds, where that does not answer.
 */
final class AvroDeserializer implements Closeable {
  /** Between two questions; together below the time that a transaction may stay open. */
  private static final List<Duration> WAITS =
      List.of(Duration.ofMillis(200), Duration.ofMillis(800), Duration.ofSeconds(3));

  /** Avro's own bound of the items of all arrays and maps of a record. */
  private static final String MOST_ITEMS = "org.apache.avro.limits.collectionItems.maxAllocation";

  private final Deserializer<?> deserializer;
  private final String topic;
  private final List<Duration> waits;

  private AvroDeserializer(Deserializer<?> deserializer, String topic, List<Duration> waits) {
    this.deserializer = deserializer;
    this.topic = topic;
    this.waits = waits;
  }

  /**
   * A deserializer for one thread.
   *
   * @throws ConfigurationException where there is no such class, or it lacks a setting
   */
  static AvroDeserializer of(ValueFormat format, Map<String, ?> settings) {
    return of(format, settings, WAITS);
  }

  /** The same with other waits between questions. */
  static AvroDeserializer of(ValueFormat format, Map<String, ?> settings, List<Duration> waits) {
    Deserializer<?> deserializer;
    try {
      deserializer = Utils.newInstance(format.deserializer(), Deserializer.class);
    } catch (ClassNotFoundException | LinkageError e) {
      throw new ConfigurationException(
          format.deserializerKey()
              + "="
              + format.deserializer()
              + ": there is no such class on the class path (it lacks "
              + e.getMessage()
              + "); add io.apicurio:apicurio-registry-serdes-avro-serde for Apicurio's, or"
              + " io.confluent:kafka-avro-serializer for Confluent's");
    } catch (KafkaException | ClassCastException e) {
      throw new ConfigurationException(
          format.deserializerKey()
              + "="
              + format.deserializer()
              + ": is no "
              + Deserializer.class.getName()
              + " that can be made; name one of Avro records");
    }
    try {
      deserializer.configure(settings(settings), false);
    } catch (RuntimeException e) {
      Utils.closeQuietly(deserializer, "deserializer of Avro");
      throw new ConfigurationException(
          format.deserializerKey()
              + "="
              + format.deserializer()
              + ": cannot be configured: "
              + AvroFault.message(e)
              + "; give it the registry's address beside the other settings, as"
              + " apicurio.registry.url=http://HOST:8080/apis/registry/v2, or schema.registry.url for"
              + " Confluent's");
    }
    return new AvroDeserializer(deserializer, topic(format), waits);
  }

  private static String topic(ValueFormat format) {
    return format.topic() == null ? "" : format.topic();
  }

  /** A schema never changes under its id: what was once read need not be asked for again. */
  private static Map<String, Object> settings(Map<String, ?> given) {
    Map<String, Object> settings = new HashMap<>(given);
    settings.putIfAbsent("apicurio.registry.check-period-ms", Duration.ofDays(365).toMillis());
    return settings;
  }

  /**
   * Bounds, for this JVM, what Avro makes room for: items that take no byte, such as nulls, may be
   * more than a record has bytes. Without, it is by the heap, and so another on each machine. What
   * the JVM's command sets is left; what has been read before keeps Avro's.
   */
  static void boundItems(int maxBytes) {
    if (System.getProperty(MOST_ITEMS) == null) {
      System.setProperty(MOST_ITEMS, Integer.toString(maxBytes));
    }
  }

  /**
   * What a record holds.
   *
   * @throws UndecodableException where the record is to blame
   * @throws SchemaRegistryException where the registry did not answer
   */
  Object read(Headers headers, byte[] value) throws UndecodableException {
    for (int attempt = 0; ; attempt++) {
      try {
        // a copy: what is sent on is what came
        return deserializer.deserialize(topic, new RecordHeaders(headers), value);
      } catch (StackOverflowError e) {
        throw new UndecodableException(
            "its "
                + value.length
                + " bytes are nested more deeply than a thread's stack can follow; send it flatter,"
                + " or start the JVM with a greater -Xss");
      } catch (RuntimeException e) {
        if (AvroFault.isOfRecord(e, isFramed(headers, value))) {
          throw new UndecodableException(AvroFault.message(e));
        }
        if (attempt == waits.size() || !waited(waits.get(attempt))) {
          throw new SchemaRegistryException(
              "the schema of a record of topic "
                  + topic
                  + " cannot be had from its registry, "
                  + AvroFault.message(e)
                  + "; see that it runs, and that apicurio.registry.url or schema.registry.url is"
                  + " its address",
              e);
        }
      }
    }
  }

  /** A zero and an id before the record, or headers, tell where its schema is. */
  private static boolean isFramed(Headers headers, byte[] value) {
    if (value.length > 0 && value[0] == 0) {
      return true;
    }
    for (Header header : headers) {
      if (header.key().startsWith("apicurio.") || header.key().contains("schema")) {
        return true;
      }
    }
    return false;
  }

  private static boolean waited(Duration time) {
    try {
      Thread.sleep(time.toMillis());
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void close() {
    Utils.closeQuietly(deserializer, "deserializer of Avro");
  }

  /** The record is to blame. */
  static final class UndecodableException extends Exception {
    private static final long serialVersionUID = 1L;

    UndecodableException(String message) {
      super(message, null, false, false);
    }
  }
}
