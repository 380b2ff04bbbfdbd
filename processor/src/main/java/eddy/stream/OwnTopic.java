package eddy.stream;

import eddy.config.ConfigurationException;
import eddy.config.EddyConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.streams.StreamsConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A topic that the app makes for itself where it is missing, and refuses where it is another's. */
final class OwnTopic {
  private static final Logger log = LoggerFactory.getLogger(OwnTopic.class);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(300);
  private static final int LOOKS = 20;

  private final EddyConfig config;
  private final Admin admin;
  private final String name;
  private final String what;
  private final Map<String, String> settings;

  private OwnTopic(
      EddyConfig config, Admin admin, String name, String what, Map<String, String> settings) {
    this.config = config;
    this.admin = admin;
    this.name = name;
    this.what = what;
    this.settings = settings;
  }

  /**
   * The ledger. Entries are kept by when they came in: by event time, old events would be deleted
   * at once, and those from the future refused.
   */
  static OwnTopic ledger(EddyConfig config, Admin admin) {
    long kept = config.ledgerRetention().map(Duration::toMillis).orElse(-1L);
    Map<String, String> settings =
        Map.of(
            TopicConfig.CLEANUP_POLICY_CONFIG,
            TopicConfig.CLEANUP_POLICY_DELETE,
            TopicConfig.RETENTION_MS_CONFIG,
            String.valueOf(kept),
            TopicConfig.RETENTION_BYTES_CONFIG,
            "-1",
            TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
            "LogAppendTime",
            TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
            String.valueOf(config.ledgerRecordBytes()));
    return new OwnTopic(config, admin, config.ledgerTopic(), "ledger", settings);
  }

  /** Where each partition tells its weights: what it told before may be deleted. */
  static OwnTopic weights(EddyConfig config, Admin admin) {
    Map<String, String> settings =
        Map.of(
            TopicConfig.CLEANUP_POLICY_CONFIG,
            TopicConfig.CLEANUP_POLICY_COMPACT,
            TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
            "LogAppendTime",
            TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
            String.valueOf(config.ledgerRecordBytes()));
    return new OwnTopic(config, admin, config.weightsTopic(), "topic of weights", settings);
  }

  /**
   * Makes the topic unless it is there.
   *
   * @param partitions of the input
   * @throws ConfigurationException where it is there with another number of partitions, or would
   *     not keep every entry
   */
  void require(int partitions) throws InterruptedException {
    int found = partitions();
    if (found == 0) {
      create(partitions);
      found = awaitPartitions();
    }
    if (found != partitions) {
      throw new ConfigurationException(
          "eddy.input.topic="
              + config.inputTopic()
              + ": has "
              + partitions
              + " partitions, but the "
              + what
              + " "
              + name
              + " has "
              + found
              + "; take another application.id, or give the topic "
              + found
              + " partitions");
    }
    requireKept();
  }

  private int partitions() throws InterruptedException {
    try {
      return TopicCheck.answer(admin.describeTopics(List.of(name)).topicNameValues().get(name))
          .partitions()
          .size();
    } catch (UnknownTopicOrPartitionException e) {
      return 0;
    }
  }

  private int awaitPartitions() throws InterruptedException {
    int found = partitions();
    for (int look = 1; found == 0 && look < LOOKS; look++) {
      Thread.sleep(BETWEEN_LOOKS.toMillis());
      found = partitions();
    }
    return found;
  }

  private void create(int partitions) throws InterruptedException {
    NewTopic topic = new NewTopic(name, Optional.of(partitions), replication()).configs(settings);
    try {
      TopicCheck.answer(admin.createTopics(List.of(topic)).all());
      log.info("Created the {} {} with {} partitions", what, name, partitions);
    } catch (TopicExistsException e) {
      // another instance was faster
      log.info("The {} {} was created by another instance", what, name);
    }
  }

  private Optional<Short> replication() {
    Object factor = config.streamsProperties().get(StreamsConfig.REPLICATION_FACTOR_CONFIG);
    short copies = factor == null ? -1 : Short.parseShort(factor.toString().strip());
    return copies < 1 ? Optional.empty() : Optional.of(copies);
  }

  private void requireKept() throws InterruptedException {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, name);
    ConfigEntry policy;
    try {
      policy =
          TopicCheck.answer(admin.describeConfigs(List.of(resource)).values().get(resource))
              .get(TopicConfig.CLEANUP_POLICY_CONFIG);
    } catch (AuthorizationException e) {
      log.warn("The settings of the {} {} may not be read, so they are not checked", what, name);
      return;
    }
    boolean keeps = settings.containsValue(TopicConfig.CLEANUP_POLICY_DELETE);
    if (keeps && policy != null && policy.value().contains(TopicConfig.CLEANUP_POLICY_COMPACT)) {
      throw new ConfigurationException(
          "application.id="
              + config.originals().get(StreamsConfig.APPLICATION_ID_CONFIG)
              + ": the ledger "
              + name
              + " has cleanup.policy="
              + policy.value()
              + ", which deletes entries; set it to delete with kafka-configs --alter --topic "
              + name);
    }
  }
}
