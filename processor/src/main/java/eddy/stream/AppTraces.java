package eddy.stream;

import eddy.config.ConfigurationException;
import eddy.config.EddyConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;

/**
 * What an app has left behind in the cluster and on this machine: topics of its own, the offsets of
 * its group, its state directory. Topics that the user names are none of them.
 */
public final class AppTraces implements AutoCloseable {
  private static final Duration ANSWER = Duration.ofSeconds(15);

  private final Admin admin;
  private final EddyConfig config;
  private final String application;

  private AppTraces(EddyConfig config, Admin admin) {
    this.config = config;
    this.admin = admin;
    application = text(config, StreamsConfig.APPLICATION_ID_CONFIG);
  }

  /** Throws a ConfigurationException where application.id or bootstrap.servers is missing. */
  public static AppTraces of(EddyConfig config) {
    text(config, StreamsConfig.APPLICATION_ID_CONFIG);
    text(config, StreamsConfig.BOOTSTRAP_SERVERS_CONFIG);
    Map<String, Object> settings =
        new HashMap<>(new StreamsConfig(config.streamsProperties()).getAdminConfigs("eddy-reset"));
    settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) ANSWER.toMillis());
    settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) ANSWER.toMillis());
    try {
      return new AppTraces(config, Admin.create(settings));
    } catch (KafkaException e) {
      throw unusable(config, e);
    }
  }

  private static ConfigurationException unusable(EddyConfig config, KafkaException e) {
    return TopicCheck.unusable(text(config, StreamsConfig.BOOTSTRAP_SERVERS_CONFIG), e);
  }

  private static String text(EddyConfig config, String key) {
    Object value = config.streamsProperties().get(key);
    if (value == null) {
      throw new ConfigurationException(key + ": is missing; it says whose state is meant");
    }
    return value.toString();
  }

  /**
   * Number of instances that the group has now.
   *
   * @throws ConfigurationException where no broker answers
   */
  public int instances() throws InterruptedException {
    try {
      ConsumerGroupDescription group =
          TopicCheck.answer(
              admin
                  .describeConsumerGroups(List.of(application))
                  .describedGroups()
                  .get(application));
      return group.members().size();
    } catch (GroupIdNotFoundException e) {
      return 0;
    } catch (TimeoutException e) {
      throw unusable(config, e);
    }
  }

  /** Topics that the app has made for itself. */
  public List<String> topics() throws InterruptedException {
    return TopicCheck.answer(admin.listTopics().names()).stream()
        .filter(
            topic ->
                topic.equals(application + "-ledger")
                    || topic.equals(application + "-weights")
                    || topic.startsWith(application + "-eddy-") && topic.endsWith("-changelog"))
        .sorted()
        .toList();
  }

  /** Whether the group has offsets. */
  public boolean hasOffsets() throws InterruptedException {
    try {
      return !TopicCheck.answer(
              admin.listConsumerGroupOffsets(application).partitionsToOffsetAndMetadata())
          .isEmpty();
    } catch (GroupIdNotFoundException e) {
      return false;
    }
  }

  /** Where this machine keeps the app's stores. */
  public Path stateDirectory() {
    Object folder = config.streamsProperties().get(StreamsConfig.STATE_DIR_CONFIG);
    Object otherwise =
        StreamsConfig.configDef().defaultValues().get(StreamsConfig.STATE_DIR_CONFIG);
    return Path.of((folder == null ? otherwise : folder).toString(), application);
  }

  /** Removes all of it, offsets last, so that what was interrupted can be done again. */
  public void remove() throws IOException, InterruptedException {
    TopicCheck.answer(admin.deleteTopics(topics()).all());
    Path folder = stateDirectory();
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
    try {
      TopicCheck.answer(admin.deleteConsumerGroups(List.of(application)).all());
    } catch (GroupIdNotFoundException e) {
      // an app that has never run has no group
      return;
    }
  }

  /**
   * Sends a command to the app's control topic.
   *
   * @throws ConfigurationException where no broker takes it
   */
  public void send(byte[] command) throws InterruptedException {
    Map<String, Object> settings =
        new StreamsConfig(config.streamsProperties()).getProducerConfigs("eddy-reset");
    settings.remove("transactional.id");
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, ANSWER.toMillis());
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      producer.send(new ProducerRecord<>(config.controlTopic(), command)).get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof TimeoutException cause) {
        // of a broker that answers, but has no such topic, the cause says so
        throw new ConfigurationException(
            "eddy.control.topic="
                + config.controlTopic()
                + ": no broker took the command within "
                + ANSWER.toSeconds()
                + " s; check bootstrap.servers, and that the topic exists: "
                + cause.getMessage());
      }
      throw e.getCause() instanceof KafkaException cause ? cause : new KafkaException(e.getCause());
    }
  }

  @Override
  public void close() {
    admin.close(Duration.ZERO);
  }
}
