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

/** The topic of the ledger: made where it is missing, refused where it is another's. */
final class LedgerTopic {
  private static final Logger log = LoggerFactory.getLogger(LedgerTopic.class);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(300);
  private static final int LOOKS = 20;

  private final EddyConfig config;
  private final Admin admin;
  private final String name;

  LedgerTopic(EddyConfig config, Admin admin) {
    this.config = config;
    this.admin = admin;
    name = config.ledgerTopic();
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
              + " partitions, but the ledger "
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
    NewTopic topic = new NewTopic(name, Optional.of(partitions), replication()).configs(settings());
    try {
      TopicCheck.answer(admin.createTopics(List.of(topic)).all());
      log.info("Created the ledger {} with {} partitions", name, partitions);
    } catch (TopicExistsException e) {
      // another instance was faster
      log.info("The ledger {} was created by another instance", name);
    }
  }

  private Optional<Short> replication() {
    Object factor = config.streamsProperties().get(StreamsConfig.REPLICATION_FACTOR_CONFIG);
    short copies = factor == null ? -1 : Short.parseShort(factor.toString().strip());
    return copies < 1 ? Optional.empty() : Optional.of(copies);
  }

  /**
   * Entries are kept by when they came in: by event time, old events would be deleted at once, and
   * those from the future refused.
   */
  private Map<String, String> settings() {
    long kept = config.ledgerRetention().map(Duration::toMillis).orElse(-1L);
    return Map.of(
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
  }

  private void requireKept() throws InterruptedException {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, name);
    ConfigEntry policy;
    try {
      policy =
          TopicCheck.answer(admin.describeConfigs(List.of(resource)).values().get(resource))
              .get(TopicConfig.CLEANUP_POLICY_CONFIG);
    } catch (AuthorizationException e) {
      log.warn("The settings of the ledger {} may not be read, so they are not checked", name);
      return;
    }
    if (policy != null && policy.value().contains(TopicConfig.CLEANUP_POLICY_COMPACT)) {
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
