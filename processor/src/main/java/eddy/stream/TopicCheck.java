package eddy.stream;

import eddy.config.ConfigurationException;
import eddy.config.EddyConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.streams.StreamsConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether the topics of an app exist and take what it writes; asked before it starts. */
final class TopicCheck {
  private static final Logger log = LoggerFactory.getLogger(TopicCheck.class);

  /** Within this time a reachable cluster has answered. */
  private static final Duration ANSWER = Duration.ofSeconds(15);

  // a topic that was created a moment ago is not known everywhere
  private static final int ATTEMPTS = 5;
  private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(300);

  /** Keys of topics for which one partition is enough. */
  private static final List<String> ALONE =
      List.of("eddy.dead.letter.topic", "eddy.drift.topic", "eddy.control.topic");

  private final EddyConfig config;
  private final int deadLetterBytes;

  /**
   * A check that has not been made.
   *
   * @param deadLetterBytes what the dead-letter topic must accept as one record
   */
  TopicCheck(EddyConfig config, int deadLetterBytes) {
    this.config = config;
    this.deadLetterBytes = deadLetterBytes;
  }

  /**
   * Partitions of the topics that the user names, by name. Makes the ledger where it is needed.
   *
   * @throws ConfigurationException where the cluster does not answer, a topic is missing, or one
   *     cannot be used
   */
  Map<String, Integer> partitions() throws InterruptedException {
    Admin admin = null;
    try {
      admin = Admin.create(adminSettings());
      Map<String, Integer> partitions = describe(admin);
      int input = partitions.get(config.inputTopic());
      requireSamePartitions(admin, input);
      requireCopartitioned(partitions);
      new LedgerUse(config, admin).requireSame();
      if (config.usesLedger()) {
        OwnTopic.ledger(config, admin).require(input);
      }
      if (config.weightsTopic() != null) {
        OwnTopic.weights(config, admin).require(input);
      }
      requireRoom(admin, config.deadLetterTopic());
      return partitions;
    } catch (KafkaException e) {
      throw unusable(e);
    } finally {
      if (admin != null) {
        // without waiting for what was asked: an interrupted start ends at once
        admin.close(Duration.ZERO);
      }
    }
  }

  private Map<String, Object> adminSettings() {
    Map<String, Object> settings =
        new StreamsConfig(config.streamsProperties()).getAdminConfigs("eddy-topic-check");
    settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) ANSWER.toMillis());
    settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) ANSWER.toMillis());
    // an address where nothing listens is told of by one line of ours, not by many warnings
    settings.putIfAbsent(AdminClientConfig.RECONNECT_BACKOFF_MS_CONFIG, 1000);
    settings.putIfAbsent(AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 5000);
    return settings;
  }

  private Map<String, Integer> describe(Admin admin) throws InterruptedException {
    for (int attempt = 1; ; attempt++) {
      List<String> missing = new ArrayList<>();
      Map<String, Integer> partitions = new LinkedHashMap<>();
      Map<String, KafkaFuture<TopicDescription>> described =
          admin.describeTopics(keys().keySet()).topicNameValues();
      for (String topic : described.keySet()) {
        try {
          partitions.put(topic, answer(described.get(topic)).partitions().size());
        } catch (UnknownTopicOrPartitionException e) {
          missing.add(topic);
        }
      }
      if (missing.isEmpty()) {
        return partitions;
      }
      if (attempt == ATTEMPTS) {
        int like = partitions.getOrDefault(config.inputTopic(), 1);
        throw new ConfigurationException(
            missing.stream().map(topic -> missing(topic, like)).sorted().toList());
      }
      Thread.sleep(BETWEEN_ATTEMPTS.toMillis());
    }
  }

  private String missing(String topic, int partitions) {
    return keyOf(topic)
        + "="
        + topic
        + ": there is no such topic at "
        + servers()
        + "; create it with kafka-topics --create --topic "
        + topic
        + " --partitions "
        + (ALONE.contains(keyOf(topic)) ? 1 : partitions)
        + " --bootstrap-server "
        + servers();
  }

  private String keyOf(String topic) {
    return keys().get(topic);
  }

  /** Topics that must be there, each with the key that names it. */
  private Map<String, String> keys() {
    Map<String, String> keys = new LinkedHashMap<>();
    keys.put(config.inputTopic(), "eddy.input.topic");
    keys.put(config.outputTopic(), "eddy.output.topic");
    keys.put(config.deadLetterTopic(), "eddy.dead.letter.topic");
    if (config.labelsTopic() != null) {
      keys.put(config.labelsTopic(), "eddy.labels.topic");
    }
    if (config.scoresTopic() != null) {
      keys.put(config.scoresTopic(), "eddy.scores.topic");
    }
    if (config.driftTopic() != null) {
      keys.put(config.driftTopic(), "eddy.drift.topic");
    }
    if (config.controlTopic() != null) {
      keys.put(config.controlTopic(), "eddy.control.topic");
    }
    return keys;
  }

  /** A label meets the event of its key in the task that has its partition. */
  private void requireCopartitioned(Map<String, Integer> partitions) {
    Integer labels = partitions.get(config.labelsTopic());
    int input = partitions.get(config.inputTopic());
    if (labels != null && labels != input) {
      throw new ConfigurationException(
          "eddy.labels.topic="
              + config.labelsTopic()
              + ": has "
              + labels
              + " partitions, but eddy.input.topic="
              + config.inputTopic()
              + " has "
              + input
              + "; a label meets its event by partition, so give both the same number");
    }
  }

  /** What was learned belongs to a partition; state for another number of them is another's. */
  private void requireSamePartitions(Admin admin, int input) throws InterruptedException {
    String application = text(StreamsConfig.APPLICATION_ID_CONFIG);
    for (String store :
        List.of(LearningProcessor.KEYS, LearningProcessor.WEIGHTS, LearningProcessor.TASK)) {
      String changelog = application + "-" + store + "-changelog";
      int learned;
      try {
        learned =
            answer(admin.describeTopics(List.of(changelog)).topicNameValues().get(changelog))
                .partitions()
                .size();
      } catch (UnknownTopicOrPartitionException e) {
        continue;
      }
      if (learned != input) {
        throw new ConfigurationException(
            "eddy.input.topic="
                + config.inputTopic()
                + ": has "
                + input
                + " partitions, but the state of application.id="
                + application
                + " was learned with "
                + learned
                + " (topic "
                + changelog
                + "); take another application.id, or give the topic "
                + learned
                + " partitions");
      }
    }
  }

  private void requireRoom(Admin admin, String topic) throws InterruptedException {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    ConfigEntry entry;
    try {
      entry =
          answer(admin.describeConfigs(List.of(resource)).values().get(resource))
              .get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG);
    } catch (AuthorizationException e) {
      log.warn("The settings of topic {} may not be read, so they are not checked", topic);
      return;
    }
    if (entry != null && Integer.parseInt(entry.value()) < deadLetterBytes) {
      throw new ConfigurationException(
          keyOf(topic)
              + "="
              + topic
              + ": its max.message.bytes is "
              + entry.value()
              + ", but a dead letter may have "
              + deadLetterBytes
              + " bytes; raise it with kafka-configs --alter --topic "
              + topic
              + " --add-config max.message.bytes="
              + deadLetterBytes
              + " --bootstrap-server "
              + servers());
    }
  }

  /** What the cluster answers; throws KafkaException where it refuses. */
  static <T> T answer(KafkaFuture<T> future) throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof KafkaException cause ? cause : new KafkaException(e.getCause());
    }
  }

  private ConfigurationException unusable(KafkaException e) {
    return unusable(servers(), e);
  }

  /** Why a cluster cannot be asked. */
  static ConfigurationException unusable(Object servers, KafkaException e) {
    if (e instanceof TimeoutException) {
      return new ConfigurationException(
          "bootstrap.servers="
              + servers
              + ": no broker answered within "
              + ANSWER.toSeconds()
              + " s; check the address, and that the broker runs");
    }
    Throwable cause = e.getCause() == null ? e : e.getCause();
    return new ConfigurationException(
        "bootstrap.servers=" + servers + ": cannot be used: " + cause.getMessage());
  }

  private String servers() {
    return text(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG);
  }

  private String text(String key) {
    return config.streamsProperties().get(key).toString();
  }
}
