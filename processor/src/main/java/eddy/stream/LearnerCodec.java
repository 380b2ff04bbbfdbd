package eddy.stream;

import com.sun.management.ThreadMXBean;
import eddy.learn.KeyParts;
import eddy.learn.KeyState;
import eddy.learn.LearnerSpec;
import eddy.learn.Prequential;
import eddy.learn.Weights;
import eddy.state.PartCodec;
import eddy.state.StateCodec;
import java.lang.management.ManagementFactory;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * The learner's own encoding of what it keeps, as the stores want it. Used by all tasks.
 *
 * <p>Arrays make up nearly all of these objects and have the same size whatever they hold: one size
 * stands for all objects of a kind, but for events of a key that wait for labels.
 *
 * @param <V> key states or weights
 */
final class LearnerCodec<V> implements StateCodec<V> {
  /** What a store keeps besides: the key, its entry in a map, what is stored of it. */
  private static final long ENTRY = 400;

  // a learner is confined to its thread, but the stores of all threads share this codec
  private final ThreadLocal<Prequential> learners;
  private final BiFunction<Prequential, V, byte[]> encode;
  private final BiFunction<Prequential, byte[], V> decode;
  private final PartCodec<V> parts;
  private final long heapBytes;

  private LearnerCodec(
      LearnerSpec spec,
      long heapBytes,
      BiFunction<Prequential, V, byte[]> encode,
      BiFunction<Prequential, byte[], V> decode,
      PartCodec<V> parts) {
    learners = ThreadLocal.withInitial(() -> Prequential.of(spec));
    this.parts = parts;
    this.heapBytes = heapBytes;
    this.encode = encode;
    this.decode = decode;
  }

  static LearnerCodec<KeyState> ofKeyStates(Prequential learner, LearnerSpec spec) {
    long encoded = learner.encodeHead(learner.newKeyState()).length + learner.parts().bytes();
    long bytes = Math.max(encoded, allocated(learner::newKeyState));
    return new LearnerCodec<>(
        spec,
        bytes,
        Prequential::encodeHead,
        Prequential::decodeHead,
        new TraceCodec(learner.parts()));
  }

  static LearnerCodec<Weights> ofWeights(Prequential learner, LearnerSpec spec) {
    long bytes =
        Math.max(learner.encode(learner.newWeights()).length, allocated(learner::newWeights));
    return new LearnerCodec<>(
        spec, bytes, Prequential::encode, Prequential::decodeWeights, PartCodec.none());
  }

  /** Heap that making an object takes: headers and alignment of many small arrays double them. */
  private static long allocated(Supplier<?> make) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    make.get();
    return threads.getCurrentThreadAllocatedBytes() - before + ENTRY;
  }

  @Override
  public byte[] encode(V value) {
    return encode.apply(learners.get(), value);
  }

  @Override
  public V decode(byte[] bytes) {
    return decode.apply(learners.get(), bytes);
  }

  @Override
  public PartCodec<V> parts() {
    return parts;
  }

  @Override
  public long heapBytes(V value) {
    return heapBytes + (value instanceof KeyState key ? key.grownBytes() : 0);
  }

  /** Heap of any object of this kind. */
  long heapBytes() {
    return heapBytes;
  }

  /** Traces of key states, apart from what changes at every event. */
  private record TraceCodec(KeyParts traces) implements PartCodec<KeyState> {
    @Override
    public int count() {
      return traces.count();
    }

    @Override
    public boolean needed(KeyState value, int part) {
      return traces.needed(value, part);
    }

    @Override
    public boolean changed(KeyState value, int part) {
      return traces.changed(value, part);
    }

    @Override
    public void stored(KeyState value, int part) {
      traces.setChanged(value, part, false);
    }

    @Override
    public byte[] encode(KeyState value, int part) {
      return traces.encode(value, part);
    }

    @Override
    public void decode(byte[] bytes, int part, KeyState value) {
      traces.decode(bytes, part, value);
    }
  }
}
