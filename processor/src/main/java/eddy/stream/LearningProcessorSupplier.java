package eddy.stream;

import eddy.config.EddyConfig;
import eddy.learn.KeyState;
import eddy.learn.LearnerSpec;
import eddy.learn.Prequential;
import eddy.learn.Weights;
import eddy.query.TaskDesks;
import eddy.state.BytesCodec;
import eddy.state.WriteBehindStore;
import eddy.task.DriftStateCodec;
import eddy.task.KeyLossesCodec;
import eddy.task.TaskStateCodec;
import eddy.task.TaskStores;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.processor.api.FixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;

/** Makes one {@link LearningProcessor} per task, and its stores. */
final class LearningProcessorSupplier implements FixedKeyProcessorSupplier<byte[], byte[], byte[]> {
  /**
   * Changelogs are written in real time, though of events of any time: by event time, a replay of
   * old events would make the broker begin a segment for every week of them.
   */
  private static final Map<String, String> CHANGELOG =
      Map.of(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime");

  /** One small object. */
  private static final long TASK_BYTES = 1024;

  /** Snapshots are seldom read. */
  private static final long SNAPSHOTS_BYTES = 1 << 20;

  /** What a partition has of drift, however many targets. */
  private static final long DRIFT_BYTES = 1 << 20;

  private final EddyConfig config;
  private final HeapShare heap;
  private final TaskDesks desks;
  private final Set<StoreBuilder<?>> stores;

  /**
   * A supplier for one topology.
   *
   * @param learner of the configuration, asked for the sizes of its state
   * @param desks where tasks answer questions; null where they do not
   */
  LearningProcessorSupplier(EddyConfig config, Prequential learner, TaskDesks desks) {
    this.config = config;
    this.desks = desks;
    heap = new HeapShare(config.heapBytes(), config.commitBytes());
    LearnerSpec spec = config.learnerSpec();
    LearnerCodec<KeyState> keyCodec = LearnerCodec.ofKeyStates(learner, spec);
    LearnerCodec<Weights> weightsCodec = LearnerCodec.ofWeights(learner, spec);
    long keyBytes = keyCodec.heapBytes();
    // weights that are shared are one object, which is always live
    long weightsBytes = spec.scope() == LearnerSpec.Scope.KEY ? weightsCodec.heapBytes() : 0;
    KeyLossesCodec losses = KeyLossesCodec.of(config.targets().size());
    long lossBytes = config.scoresTopic() == null ? 0 : losses.heapBytes();
    long driftBytes = DriftStateCodec.heapBytesOfKey(spec);
    long bytes = keyBytes + weightsBytes + lossBytes + driftBytes;
    stores = new LinkedHashSet<>();
    stores.addAll(
        Set.of(
            WriteBehindStore.builder(
                    LearningProcessor.KEYS, keyCodec, () -> heap.ofTask(keyBytes, bytes))
                .withDirtyBytes(() -> heap.commitOfTask(keyBytes, bytes))
                .withLoggingEnabled(CHANGELOG),
            WriteBehindStore.builder(
                    LearningProcessor.WEIGHTS, weightsCodec, () -> heap.ofTask(weightsBytes, bytes))
                .withDirtyBytes(() -> heap.commitOfTask(weightsBytes, bytes))
                .withLoggingEnabled(CHANGELOG),
            WriteBehindStore.builder(LearningProcessor.TASK, new TaskStateCodec(), TASK_BYTES)
                .withLoggingEnabled(CHANGELOG)));
    if (config.controlTopic() != null) {
      stores.add(
          WriteBehindStore.builder(TaskStores.SNAPSHOTS, new BytesCodec(), SNAPSHOTS_BYTES)
              .withLoggingEnabled(CHANGELOG));
    }
    if (config.scoresTopic() != null) {
      stores.add(
          WriteBehindStore.builder(TaskStores.LOSSES, losses, () -> heap.ofTask(lossBytes, bytes))
              .withDirtyBytes(() -> heap.commitOfTask(lossBytes, bytes))
              .withLoggingEnabled(CHANGELOG));
    }
    if (spec.drift().looks()) {
      stores.add(
          WriteBehindStore.builder(
                  TaskStores.DRIFT,
                  new DriftStateCodec(),
                  () -> DRIFT_BYTES + heap.ofTask(driftBytes, bytes))
              .withDirtyBytes(() -> DRIFT_BYTES + heap.commitOfTask(driftBytes, bytes))
              .withLoggingEnabled(CHANGELOG));
    }
  }

  @Override
  public FixedKeyProcessor<byte[], byte[], byte[]> get() {
    return new LearningProcessor(config, heap, desks);
  }

  @Override
  public Set<StoreBuilder<?>> stores() {
    return stores;
  }
}
