package eddy.replay;

import eddy.config.ConfigurationException;
import eddy.config.EddyConfig;
import eddy.state.BytesCodec;
import eddy.state.ChangelogStore;
import eddy.task.KeyedLearner;
import eddy.task.SnapshotHead;
import eddy.task.Snapshots;
import eddy.task.TaskState;
import eddy.task.TaskStateCodec;
import eddy.task.TaskStores;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
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
  private static final int STORES = 4;

  private final Consumer<byte[], byte[]> consumer;
  private final String application;
  private final int partitions;
  private Replay.Progress progress = (records, fraction) -> {};
  private long records;

  /**
   * What one partition's task has stored.
   *
   * @param keys number of keys
   * @param key head of the state of the key that was asked for, in its stored form; null where
   *     there is none
   * @param sets number of sets of weights
   * @param weights of the partition, or of the key that was asked for, in their stored form; null
   *     where there are none
   * @param task its own state; as at the start where there is none
   * @param snapshots by name
   * @param bytes of all that is kept in the changelogs, by store
   */
  public record Partition(
      long keys,
      byte[] key,
      long sets,
      byte[] weights,
      TaskState task,
      Map<String, SnapshotHead> snapshots,
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
    OutsideClients clients = OutsideClients.ofApp(config, servers.toString());
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

  /** Tells how many records were read, and of the newest partition which share. */
  public LearnedState progress(Replay.Progress listener) {
    progress = listener;
    return this;
  }

  /** Number of partitions that learn. */
  public int partitions() {
    return partitions;
  }

  /**
   * Reads what a partition's task has stored, in little memory: of keys and weights only what is
   * asked for.
   *
   * @param key that is asked for; null for none
   */
  public Partition read(int partition, Bytes key) throws IOException {
    ChangelogStore<byte[]> keys = store(KEYS, 0, partition, found -> found.equals(key));
    ChangelogStore<byte[]> weights =
        store(
            WEIGHTS,
            1,
            partition,
            found -> found.equals(KeyedLearner.PARTITION) || found.equals(key));
    ChangelogStore<byte[]> tasks = store(TASK, 2, partition, found -> true);
    ChangelogStore<byte[]> snapshots = store(TaskStores.SNAPSHOTS, 3, partition, Snapshots::isHead);
    byte[] task = tasks.objects().get(KeyedLearner.TASK);
    byte[] shared = weights.objects().get(KeyedLearner.PARTITION);
    return new Partition(
        keys.keys(),
        key == null ? null : keys.objects().get(key),
        weights.keys(),
        shared != null || key == null ? shared : weights.objects().get(key),
        task == null ? new TaskState() : new TaskStateCodec().decode(task),
        Snapshots.heads(snapshots.objects()),
        Map.of(
            KEYS,
            keys.bytes(),
            WEIGHTS,
            weights.bytes(),
            TASK,
            tasks.bytes(),
            TaskStores.SNAPSHOTS,
            snapshots.bytes()));
  }

  private ChangelogStore<byte[]> store(
      String name, int before, int partition, Predicate<Bytes> asked) throws IOException {
    ChangelogStore<byte[]> store = new ChangelogStore<>(new BytesCodec(), asked);
    TopicPartition changelog =
        new TopicPartition(application + "-" + name + "-changelog", partition);
    List<PartitionInfo> found = consumer.partitionsFor(changelog.topic());
    if (found != null && !found.isEmpty()) {
      PartitionRecords stored = PartitionRecords.whole(consumer, changelog);
      for (ConsumerRecord<byte[], byte[]> record = stored.next();
          record != null;
          record = stored.next()) {
        store.add(record);
        records++;
        progress.update(records, (before + (double) stored.done() / stored.size()) / STORES);
      }
    }
    return store;
  }

  @Override
  public void close() {
    consumer.close();
  }
}
