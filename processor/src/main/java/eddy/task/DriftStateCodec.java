package eddy.task;

import eddy.drift.DriftState;
import eddy.learn.IncompatibleStateException;
import eddy.learn.LearnerSpec;
import eddy.state.StateCodec;

/** The stored form of {@link DriftState}. */
public final class DriftStateCodec implements StateCodec<DriftState> {
  /** What a store keeps besides: the key, its entry in a map, what is stored of it. */
  private static final long ENTRY = 400;

  /** Heap of what every key has of its own; 0 where only its partition has anything. */
  public static long heapBytesOfKey(LearnerSpec spec) {
    if (!spec.drift().looks()) {
      return 0;
    }
    if (spec.scope() == LearnerSpec.Scope.KEY) {
      return ENTRY
          + DriftState.of(spec.drift().detection(), new boolean[spec.targets().size()]).heapBytes();
    }
    return spec.drift().resets() ? ENTRY + DriftState.ofKey(0).heapBytes() : 0;
  }

  @Override
  public byte[] encode(DriftState value) {
    return value.encode();
  }

  @Override
  public DriftState decode(byte[] bytes) {
    try {
      return DriftState.decode(bytes);
    } catch (IllegalArgumentException e) {
      throw new IncompatibleStateException(e.getMessage());
    }
  }

  @Override
  public long heapBytes(DriftState value) {
    return ENTRY + value.heapBytes();
  }
}
