package eddy.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eddy.learn.IncompatibleStateException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class TaskStateCodecTest {
  private final TaskStateCodec codec = new TaskStateCodec();

  private static TaskState state() {
    TaskState state = new TaskState();
    state.fingerprint = 0x1234_5678_9abc_def0L;
    state.streamTime = 1_700_000_000_000L;
    state.position = 12;
    state.inputOffset = 10;
    state.paused = true;
    state.rateFactor = 0.5f;
    state.sweepTime = 1_700_000_000_001L;
    state.silentFrom = 1_600_000_000_002L;
    state.add(Counter.EVENTS, 5);
    state.add(Counter.REJECTED);
    return state;
  }

  @Test
  void decode_encoded_givesTheSame() {
    TaskState decoded = codec.decode(codec.encode(state()));

    assertThat(decoded).usingRecursiveComparison().isEqualTo(state());
  }

  @Test
  void decode_anyByteChanged_isRefused() {
    byte[] bytes = codec.encode(state());
    for (int i = 0; i < bytes.length; i++) {
      byte[] changed = bytes.clone();
      changed[i] ^= 1;
      assertThatThrownBy(() -> codec.decode(changed))
          .as("byte %d", i)
          .isInstanceOf(IncompatibleStateException.class);
    }
  }

  @Test
  void decode_cutAnywhere_isRefused() {
    byte[] bytes = codec.encode(state());
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> codec.decode(cut))
          .as("%d bytes", length)
          .isInstanceOf(IncompatibleStateException.class);
    }
  }
}
