package eddy.replay;

import eddy.config.EddyConfig;
import eddy.learn.KeyState;
import eddy.state.BytesCodec;
import eddy.state.ChangelogStore;
import eddy.state.MapStore;
import eddy.task.SnapshotHead;
import eddy.task.Snapshots;
import eddy.task.TaskState;
import eddy.task.TaskStores;
import java.io.IOException;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.StreamsConfig;

/**
 * Where the learning of a partition is derived from: its first record, or a full snapshot.
 *
 * @param keys states of keys, those of the stores
 * @param stores what was learned before
 * @param offset of the first record to be learned from
 * @param inputOffset of the newest event before it, whose prediction and all earlier ones are not
 *     derived; -1 where there is none
 */
record Beginning(MapStore<KeyState> keys, TaskStores stores, long offset, long inputOffset) {
  /** At the first record of a partition. */
  static Beginning first() {
    MapStore<KeyState> keys = new MapStore<>();
    return new Beginning(keys, new TaskStores(keys, new MapStore<>(), new MapStore<>()), 0, -1);
  }

  /**
   * At the earliest full snapshot from which all is there that followed.
   *
   * @param partition of the ledger
   * @param start offset of the first record that it still has
   * @return empty where there is no such snapshot
   * @throws IOException where the snapshots cannot be read
   */
  static Optional<Beginning> snapshot(
      EddyConfig config, Consumer<byte[], byte[]> consumer, TopicPartition partition, long start)
      throws IOException {
    TopicPartition changelog =
        new TopicPartition(
            config.originals().get(StreamsConfig.APPLICATION_ID_CONFIG)
                + "-"
                + TaskStores.SNAPSHOTS
                + "-changelog",
            partition.partition());
    if (config.controlTopic() == null || consumer.partitionsFor(changelog.topic()).isEmpty()) {
      return Optional.empty();
    }
    ChangelogStore<byte[]> kept = new ChangelogStore<>(new BytesCodec());
    PartitionRecords records = PartitionRecords.whole(consumer, changelog);
    for (ConsumerRecord<byte[], byte[]> record = records.next();
        record != null;
        record = records.next()) {
      kept.add(record);
    }
    MapStore<KeyState> keys = new MapStore<>();
    TaskStores stores = new TaskStores(keys, new MapStore<>(), new MapStore<>(), kept.objects());
    return Snapshots.begin(config.newPrequential(), stores, start - 1)
        .map(SnapshotHead::task)
        .map(task -> at(keys, stores, task));
  }

  private static Beginning at(MapStore<KeyState> keys, TaskStores stores, TaskState task) {
    return new Beginning(keys, stores, task.position + 1, task.inputOffset);
  }
}
