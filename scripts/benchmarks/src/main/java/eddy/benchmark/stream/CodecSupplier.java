package eddy.benchmark.stream;

import eddy.config.EddyConfig;
import eddy.event.Decoded;
import eddy.event.JsonEventDecoder;
import eddy.event.PredictionWriter;
import eddy.feature.TargetSpec;
import eddy.learn.KeyState;
import eddy.learn.Outcome;
import eddy.learn.Prequential;
import eddy.learn.Weights;
import eddy.state.StateCodec;
import eddy.state.WriteBehindStore;
import java.util.Set;
import java.util.function.BiFunction;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.api.FixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorContext;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorSupplier;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * Everything around a learner without it: decodes events, writes predictions that are always the
 * same, and where it is to, keeps keys and weights that never change as if each event had changed
 * them.
 */
final class CodecSupplier implements FixedKeyProcessorSupplier<byte[], byte[], byte[]> {
  private static final String KEYS = "keys";
  private static final String WEIGHTS = "weights";
  private static final Bytes SHARED = Bytes.wrap(new byte[] {1});

  private final EddyConfig config;
  private final boolean stored;

  CodecSupplier(EddyConfig config, boolean stored) {
    this.config = config;
    this.stored = stored;
  }

  @Override
  public FixedKeyProcessor<byte[], byte[], byte[]> get() {
    return new Codec();
  }

  @Override
  public Set<StoreBuilder<?>> stores() {
    long heap = config.heapBytes();
    return stored
        ? Set.of(
            WriteBehindStore.builder(
                KEYS, codec(Prequential::encode, Prequential::decodeKeyState), heap),
            WriteBehindStore.builder(
                WEIGHTS, codec(Prequential::encode, Prequential::decodeWeights), heap))
        : Set.of();
  }

  private <V> StateCodec<V> codec(
      BiFunction<Prequential, V, byte[]> encode, BiFunction<Prequential, byte[], V> decode) {
    ThreadLocal<Prequential> learners = ThreadLocal.withInitial(config::newPrequential);
    return new StateCodec<>() {
      @Override
      public byte[] encode(V value) {
        return encode.apply(learners.get(), value);
      }

      @Override
      public V decode(byte[] bytes) {
        return decode.apply(learners.get(), bytes);
      }

      @Override
      public long heapBytes(V value) {
        return 1;
      }
    };
  }

  /** One task's. */
  private final class Codec implements FixedKeyProcessor<byte[], byte[], byte[]> {
    private final Prequential learner = config.newPrequential();
    private final JsonEventDecoder decoder =
        new JsonEventDecoder(learner.schema(), config.eventMaxBytes());
    private final Weights weights = learner.newWeights();
    private FixedKeyProcessorContext<byte[], byte[]> context;
    private PredictionWriter writer;
    private WriteBehindStore<KeyState> keyStore;
    private WriteBehindStore<Weights> weightsStore;
    private Outcome outcome;

    @Override
    public void init(FixedKeyProcessorContext<byte[], byte[]> taskContext) {
      context = taskContext;
      writer =
          new PredictionWriter(
              learner.learner(),
              config.targets().stream().map(TargetSpec::name).toList(),
              config.inputTopic(),
              context.taskId().partition());
      if (stored) {
        keyStore = store(KEYS);
        weightsStore = store(WEIGHTS);
      }
    }

    private <V> WriteBehindStore<V> store(String name) {
      StateStore store = context.getStateStore(name);
      @SuppressWarnings("unchecked") // as it was built
      WriteBehindStore<V> objects = (WriteBehindStore<V>) store;
      return objects;
    }

    @Override
    public void process(FixedKeyRecord<byte[], byte[]> record) {
      RecordMetadata source = context.recordMetadata().orElseThrow();
      Decoded decoded = decoder.decode(record.value(), record.timestamp(), source.offset());
      if (outcome == null) {
        outcome =
            learner.observe(
                ((Decoded.Accepted) decoded).event(), learner.newKeyState(), learner.newWeights());
      }
      if (stored) {
        Bytes key = Bytes.wrap(record.key());
        KeyState state = keyStore.get(key);
        keyStore.put(key, state == null ? learner.newKeyState() : state);
        Weights shared = weightsStore.get(SHARED);
        weightsStore.put(SHARED, shared == null ? weights : shared);
      }
      context.forward(
          record.withValue(
              writer.write(
                  source.offset(),
                  record.key(),
                  record.timestamp(),
                  outcome,
                  (target, slot) -> null)));
    }
  }
}
