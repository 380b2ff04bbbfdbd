package eddy.broker;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;

/** A running Kafka broker. Closing it stops it. */
public interface Broker extends AutoCloseable {
  /** Its address as clients want it, {@code host:port}. */
  String bootstrapServers();

  /**
   * Creates a topic with one replica.
   *
   * @param configs topic-level settings such as {@code max.message.bytes}
   * @throws BrokerException when it exists, or the broker refuses it
   */
  default void createTopic(String name, int partitions, Map<String, String> configs) {
    NewTopic topic = new NewTopic(name, partitions, (short) 1).configs(configs);
    try (Admin admin =
        Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers()))) {
      admin.createTopics(List.of(topic)).all().get();
    } catch (ExecutionException e) {
      throw new BrokerException("Could not create topic " + name, e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BrokerException("Interrupted while creating topic " + name, e);
    }
  }

  /** Stops it; does nothing when it is stopped already. */
  @Override
  void close();
}
