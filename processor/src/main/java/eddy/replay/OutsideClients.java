package eddy.replay;

import eddy.config.ConfigurationException;
import eddy.config.EddyConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Kafka clients that look at an app's topics from outside, with the connection settings of its
 * configuration: they are in no group, commit nothing, create nothing.
 */
final class OutsideClients {
  private static final Duration TIMEOUT = Duration.ofSeconds(15);
  private static final String CLIENT_ID = "eddy-replay";

  private final Properties given;
  private final String bootstrapServers;
  private final String named;

  /** What a first question to the broker is asked by. */
  @FunctionalInterface
  interface Question<T> {
    T ask() throws IOException;
  }

  /** Clients of the cluster that a command names. */
  OutsideClients(EddyConfig config, String bootstrapServers) {
    this(config, bootstrapServers, "--bootstrap-servers " + bootstrapServers);
  }

  private OutsideClients(EddyConfig config, String bootstrapServers, String named) {
    given = config.streamsProperties();
    this.bootstrapServers = bootstrapServers;
    this.named = named;
  }

  /** Clients of the cluster that the configuration itself names. */
  static OutsideClients ofApp(EddyConfig config, String bootstrapServers) {
    return new OutsideClients(config, bootstrapServers, "bootstrap.servers=" + bootstrapServers);
  }

  /** A consumer of committed records. */
  Consumer<byte[], byte[]> consumer() {
    Map<String, Object> settings =
        settings(ConsumerConfig.configNames(), List.of("", "consumer.", "main.consumer."));
    // what would make it a member of a group, or would show it as the app
    settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
    settings.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
    settings.remove(ConsumerConfig.GROUP_PROTOCOL_CONFIG);
    settings.remove(ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG);
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) TIMEOUT.toMillis());
    settings.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    settings.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    try {
      return new KafkaConsumer<>(settings);
    } catch (KafkaException e) {
      throw wrong(e);
    }
  }

  /** A client that asks about groups. */
  Admin admin() {
    Map<String, Object> settings = settings(AdminClientConfig.configNames(), List.of("", "admin."));
    settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) TIMEOUT.toMillis());
    settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) TIMEOUT.toMillis());
    try {
      return Admin.create(settings);
    } catch (KafkaException e) {
      throw wrong(e);
    }
  }

  private Map<String, Object> settings(Set<String> names, List<String> prefixes) {
    Map<String, Object> settings = new HashMap<>();
    for (String prefix : prefixes) {
      for (String name : names) {
        Object value = given.get(prefix + name);
        if (value != null) {
          settings.put(name, value);
        }
      }
    }
    settings.put(ConsumerConfig.CLIENT_ID_CONFIG, CLIENT_ID);
    settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    return settings;
  }

  private ConfigurationException wrong(KafkaException e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    return new ConfigurationException(named + ": " + cause.getMessage());
  }

  /**
   * Asks the broker for the first time.
   *
   * @throws ConfigurationException where none answers
   * @throws IOException where it refuses
   */
  <T> T first(Question<T> question) throws IOException {
    try {
      return question.ask();
    } catch (TimeoutException e) {
      throw new ConfigurationException(
          named
              + ": no broker answered within "
              + TIMEOUT.toSeconds()
              + " s; check the address, and that the broker runs");
    } catch (KafkaException e) {
      throw new IOException(bootstrapServers + ": " + e.getMessage(), e);
    }
  }

  /**
   * The partitions of a topic, in order.
   *
   * @param key of the configuration that names it
   * @throws ConfigurationException where there is no such topic
   */
  List<TopicPartition> partitions(Consumer<?, ?> consumer, String key, String topic) {
    List<PartitionInfo> found = consumer.partitionsFor(topic);
    if (found == null || found.isEmpty()) {
      throw new ConfigurationException(
          key
              + "="
              + topic
              + ": there is no such topic at "
              + bootstrapServers
              + "; name one that exists, or create it with kafka-topics --create");
    }
    return found.stream()
        .map(info -> new TopicPartition(topic, info.partition()))
        .sorted(Comparator.comparingInt(TopicPartition::partition))
        .toList();
  }
}
