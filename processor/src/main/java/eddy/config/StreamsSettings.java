package eddy.config;

import eddy.state.SharedRocksMemory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsConfig;

/**
 * What Kafka Streams is started with: every key without the {@code eddy.} prefix as it was written,
 * and Eddy's defaults where nothing was.
 */
final class StreamsSettings {
  /** Eddy's defaults, in the order in which a reference shows them. */
  static final Map<String, String> DEFAULTS = defaults();

  private static final String REQUEST_BYTES = ProducerConfig.MAX_REQUEST_SIZE_CONFIG;
  private static final String HANDLER = ".exception.handler";
  private static final String CONTINUE = "LogAndContinue";
  private static final long DEFAULT_TRANSACTION_MS = 10_000;

  private static final int SMALLEST_REQUEST = 640 * 1024;

  /** Names of the timeout of a transaction, the first that is set counts. */
  private static final List<String> TRANSACTION_TIMEOUT =
      List.of(
          StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG),
          ProducerConfig.TRANSACTION_TIMEOUT_CONFIG);

  private StreamsSettings() {}

  private static Map<String, String> defaults() {
    Map<String, String> map = new LinkedHashMap<>();
    map.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    map.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    map.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, "1000");
    map.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, "true");
    // there is no global thread here; unset, Kafka Streams warns of it again and again
    map.put("processing.exception.handler.global.enabled", "true");
    map.put(StreamsConfig.DEFAULT_KEY_SERDE_CLASS_CONFIG, Serdes.ByteArraySerde.class.getName());
    map.put(StreamsConfig.DEFAULT_VALUE_SERDE_CLASS_CONFIG, Serdes.ByteArraySerde.class.getName());
    // a fetch for every partition that holds a few large events, and quick restores
    map.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, "4194304");
    // by default three states of a key would fill a batch, and five batches are on their way at
    // most
    map.put(ProducerConfig.BATCH_SIZE_CONFIG, "262144");
    // Eddy's own records stay below: dead letters are cut at 64 KiB, state is chunked at 512 KiB
    map.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, "1048576");
    return map;
  }

  /** The given settings without Eddy's own, and the defaults. */
  static Properties of(Map<String, ?> given) {
    Properties properties = new Properties();
    given.forEach(
        (key, value) -> {
          if (!key.startsWith(EddyKeys.PREFIX) && value != null) {
            properties.put(key, value);
          }
        });
    DEFAULTS.forEach(properties::putIfAbsent);
    return properties;
  }

  /** The same, where records of so many bytes are sent, unless another bound is given. */
  static Properties of(Map<String, ?> given, int requestBytes) {
    Properties properties = of(given);
    if (!given.containsKey(REQUEST_BYTES)) {
      properties.put(
          REQUEST_BYTES, String.valueOf(Math.max(requestBytes, requestBytes(properties))));
    }
    return properties;
  }

  /** Bounds what RocksDB takes, unless the user has settings of their own. Modifies properties. */
  static void shareRocksMemory(Properties properties, long bytes) {
    String setter = StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG;
    if (!properties.containsKey(setter)) {
      properties.put(setter, SharedRocksMemory.class.getName());
      properties.put(SharedRocksMemory.BYTES, String.valueOf(bytes));
    }
  }

  /** Bytes of the largest request to the broker. */
  static int requestBytes(Properties settings) {
    String ofProducers = StreamsConfig.producerPrefix(REQUEST_BYTES);
    long otherwise = number(settings, REQUEST_BYTES, 0);
    return (int) number(settings, ofProducers, otherwise);
  }

  /** Adds what keeps these settings from being started with. */
  static void check(Properties settings, Problems problems) {
    refuseMissing(settings, problems);
    refuseContinuing(settings, problems);
    refuseSlowCommits(settings, problems);
    refuseSmallRequests(settings, problems);
    for (ConfigValue value : StreamsConfig.configDef().validateAll(texts(settings)).values()) {
      boolean given = settings.get(value.name()) != null;
      if (given) {
        value.errorMessages().forEach(message -> problems.add(value.name() + ": " + message));
      }
    }
  }

  private static void refuseMissing(Properties settings, Problems problems) {
    String application = text(settings, StreamsConfig.APPLICATION_ID_CONFIG);
    if (application.isBlank()) {
      problems.add(
          "application.id: is missing; write a name for this app, which is also its group");
    } else if (!Checks.TopicName.allows(application)) {
      problems.add(
          StreamsConfig.APPLICATION_ID_CONFIG,
          application,
          "it begins the names of topics, so use letters, digits, dots, dashes, underscores only");
    }
    if (text(settings, StreamsConfig.BOOTSTRAP_SERVERS_CONFIG).isBlank()) {
      problems.add("bootstrap.servers: is missing; write for instance localhost:9092");
    }
  }

  private static void refuseContinuing(Properties settings, Problems problems) {
    for (String key : texts(settings).keySet()) {
      if (key.endsWith(HANDLER) && text(settings, key).contains(CONTINUE)) {
        problems.add(
            key,
            text(settings, key),
            "it would commit half an update: after a failure the task must end and its transaction"
                + " abort; remove it, bad events go to the dead-letter topic anyway");
      }
    }
  }

  private static void refuseSlowCommits(Properties settings, Problems problems) {
    String interval = StreamsConfig.COMMIT_INTERVAL_MS_CONFIG;
    long timeout = transactionMs(settings);
    if (number(settings, interval, 0) >= timeout && isExactlyOnce(settings)) {
      problems.add(
          interval,
          text(settings, interval),
          "must be below the transaction timeout of "
              + timeout
              + " ms; lower it, or raise "
              + TRANSACTION_TIMEOUT.get(0));
    }
  }

  private static void refuseSmallRequests(Properties settings, Problems problems) {
    int bytes = requestBytes(settings);
    if (bytes < SMALLEST_REQUEST) {
      problems.add(
          REQUEST_BYTES,
          bytes,
          "must be at least "
              + SMALLEST_REQUEST
              + ", for state is written in chunks of 512 KiB beside keys of up to 16 KiB; raise it,"
              + " or remove it");
    }
  }

  private static boolean isExactlyOnce(Properties settings) {
    return text(settings, StreamsConfig.PROCESSING_GUARANTEE_CONFIG)
        .equals(StreamsConfig.EXACTLY_ONCE_V2);
  }

  private static long transactionMs(Properties settings) {
    for (String key : TRANSACTION_TIMEOUT) {
      if (settings.containsKey(key)) {
        return number(settings, key, DEFAULT_TRANSACTION_MS);
      }
    }
    return DEFAULT_TRANSACTION_MS;
  }

  /** Time that a transaction has left for its commit. */
  static long commitMs(Properties settings) {
    long interval = number(settings, StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 0);
    return Math.max(0, transactionMs(settings) - interval);
  }

  private static long number(Properties settings, String key, long otherwise) {
    try {
      return Long.parseLong(text(settings, key).trim());
    } catch (NumberFormatException e) {
      // whatever is wrong with it is told by the check of Kafka Streams
      return otherwise;
    }
  }

  private static String text(Properties settings, String key) {
    Object value = settings.get(key);
    if (value instanceof Class<?> type) {
      return type.getName();
    }
    return value == null ? "" : value.toString();
  }

  // Properties.stringPropertyNames leaves out numbers and classes
  private static Map<String, String> texts(Properties settings) {
    Map<String, String> texts = new TreeMap<>();
    for (Object key : settings.keySet()) {
      texts.put(key.toString(), text(settings, key.toString()));
    }
    return texts;
  }
}
