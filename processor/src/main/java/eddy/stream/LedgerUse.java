package eddy.stream;

import eddy.config.ConfigurationException;
import eddy.config.EddyConfig;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.streams.StreamsConfig;

/**
 * Whether an app goes on with a ledger, or without one, as it has begun.
 *
 * <p>A ledger that begins after some events cannot repeat what was learned from these; and one that
 * is left behind may hold entries that were not learned from.
 */
final class LedgerUse {
  private final EddyConfig config;
  private final Admin admin;

  LedgerUse(EddyConfig config, Admin admin) {
    this.config = config;
    this.admin = admin;
  }

  /** Throws ConfigurationException where the app has learned in the other way. */
  void requireSame() throws InterruptedException {
    Object application = config.originals().get(StreamsConfig.APPLICATION_ID_CONFIG);
    boolean hasLedger = exists(config.ledgerTopic());
    if (hasLedger == config.usesLedger()
        || !exists(application + "-" + LearningProcessor.KEYS + "-changelog")) {
      return;
    }
    throw new ConfigurationException(
        "application.id="
            + application
            + (hasLedger
                ? ": has learned from the ledger "
                    + config.ledgerTopic()
                    + ", whose last entries would be passed over; configure it as before"
                    + " (eddy.control.topic, eddy.labels.topic, eddy.weights=global), or take another"
                    + " application.id"
                : ": has learned without a ledger, so that one which begins now could not repeat"
                    + " what was published; take another application.id, or do without"
                    + " eddy.control.topic, eddy.labels.topic and eddy.weights=global"));
  }

  private boolean exists(String topic) throws InterruptedException {
    try {
      TopicCheck.answer(admin.describeTopics(List.of(topic)).topicNameValues().get(topic));
      return true;
    } catch (UnknownTopicOrPartitionException | AuthorizationException e) {
      // what the app may not see is none of its own
      return false;
    }
  }
}
