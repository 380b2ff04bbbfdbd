package eddy.replay;

import eddy.config.ConfigurationException;
import eddy.config.EddyConfig;
import eddy.state.BytesCodec;
import eddy.state.ChangelogStore;
import eddy.state.ObjectStore;
import eddy.task.TaskState;
import eddy.task.TaskStateCodec;
import eddy.task.TaskStores;
import java.io.Closeable;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;

/**
 * What an app has learned, read from its changelogs: committed records only, outside of its group,
 * so that it does not notice. It is the state of the last commit when a topic was asked.
 */
public final class LearnedState implements Closeable {
  private static final String KEYS = "eddy-keys";
  private static final String WEIGHTS = "eddy-weights";
  private static final String TASK = "eddy-task";

  private final Consumer<byte[], byte[]> consumer;
  private final String application;
  private final int partitions;

  /**
   * What one partition's task has stored.
   *
   * @param keys heads of key states in their stored form
   * @param weights in their stored form, of the partition or by key
   * @param task its own state; as at the start where there is none
   * @param snapshots the store of snapshots
   * @param bytes of all that is kept in the changelogs, by store
   */
  public record Partition(
      ObjectStore<byte[]> keys,
      ObjectStore<byte[]> weights,
      TaskState task,
      ObjectStore<byte[]> snapshots,
      Map<String, Long> bytes) {}

  private LearnedState(Consumer<byte[], byte[]> consumer, String application, int partitions) {
    this.consumer = consumer;
    this.application = application;
    this.partitions = partitions;
  }

  /**
   * Looks for the changelogs of an app.
   *
   * @throws ConfigurationException where no broker answers, or the app has learned nothing
   * @throws IOException where the broker refuses
   */
  public static LearnedState open(EddyConfig config) throws IOException {
    Object servers = config.streamsProperties().get(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG);
    Object id = config.streamsProperties().get(StreamsConfig.APPLICATION_ID_CONFIG);
    if (servers == null || id == null) {
      throw new ConfigurationException(
          "bootstrap.servers and application.id: both are needed to find what an app has learned");
    }
    OutsideClients clients = new OutsideClients(config, servers.toString());
    Consumer<byte[], byte[]> consumer = clients.consumer();
    String topic = id + "-" + WEIGHTS + "-changelog";
    try {
      List<PartitionInfo> found = clients.first(() -> consumer.partitionsFor(topic));
      if (found == null || found.isEmpty()) {
        throw new ConfigurationException(
            "application.id="
                + id
                + ": has learned nothing yet, there is no topic "
                + topic
                + " at "
                + servers
                + "; start it with eddy run");
      }
      return new LearnedState(consumer, id.toString(), found.size());
    } catch (IOException | RuntimeException e) {
      consumer.close();
      throw e;
    }
  }

  /** Number of partitions that learn. */
  public int partitions() {
    return partitions;
  }

  /** Reads all that a partition's task has stored. */
  public Partition read(int partition) throws IOException {
    Map<String, Long> bytes = new HashMap<>();
    ObjectStore<byte[]> tasks = store(TASK, partition, bytes);
    byte[][] task = new byte[1][];
    tasks.forEach((key, value) -> task[0] = value);
    return new Partition(
        store(KEYS, partition, bytes),
        store(WEIGHTS, partition, bytes),
        task[0] == null ? new TaskState() : new TaskStateCodec().decode(task[0]),
        store(TaskStores.SNAPSHOTS, partition, bytes),
        bytes);
  }

  private ObjectStore<byte[]> store(String name, int partition, Map<String, Long> bytes)
      throws IOException {
    ChangelogStore<byte[]> store = new ChangelogStore<>(new BytesCodec());
    TopicPartition changelog =
        new TopicPartition(application + "-" + name + "-changelog", partition);
    List<PartitionInfo> found = consumer.partitionsFor(changelog.topic());
    Map<Bytes, Integer> sizes = new HashMap<>();
    if (found != null && !found.isEmpty()) {
      PartitionRecords records = PartitionRecords.whole(consumer, changelog);
      for (ConsumerRecord<byte[], byte[]> record = records.next();
          record != null;
          record = records.next()) {
        store.add(record);
        int length = record.value() == null ? 0 : record.key().length + record.value().length;
        sizes.put(Bytes.wrap(record.key()), length);
      }
    }
    bytes.put(name, sizes.values().stream().mapToLong(Integer::longValue).sum());
    return store.objects();
  }

  @Override
  public void close() {
    consumer.close();
  }
}
