package eddy.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is stored is read whole, or refused: never the half of it. */
class CorruptedStateTest {
  /** Of a long state not every byte is tried: primes meet all kinds of places. */
  private static final int TRIED = 400;

  /** Their checksum was added to what had none: without it they are what was stored before. */
  private static final Set<String> WITHOUT_CHECKSUM_ONCE = Set.of("drift", "losses");

  private static final int FINGERPRINT = Integer.BYTES;

  static Stream<Target> stored() {
    return Targets.all().stream().filter(Target::sealed);
  }

  private static int step(byte[] bytes) {
    int step = Math.max(1, bytes.length / TRIED);
    return step % 2 == 0 ? step + 1 : step;
  }

  private static void requireRefused(Probe probe, byte[] input, String what) throws Exception {
    assertThat(probe.show(input)).as(what).isNotZero();
  }

  @ParameterizedTest
  @MethodSource("stored")
  void decode_aBitFlipped_isRefused(Target target) throws Exception {
    Probe probe = target.probes().get();
    for (byte[] seed : target.seeds()) {
      assertThat(probe.show(seed)).isZero();
      for (int at = 0; at < seed.length; at += step(seed)) {
        byte[] changed = seed.clone();
        changed[at] ^= (byte) (1 << at % 8);
        requireRefused(probe, changed, target.name() + ", byte " + at);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("stored")
  void decode_cutOrLonger_isRefused(Target target) throws Exception {
    Probe probe = target.probes().get();
    for (byte[] seed : target.seeds()) {
      for (int length = 0; length < seed.length; length += step(seed)) {
        boolean old = seed.length - length == Integer.BYTES;
        if (!(old && WITHOUT_CHECKSUM_ONCE.contains(target.name()))) {
          requireRefused(probe, Arrays.copyOf(seed, length), target.name() + ", " + length);
        }
      }
      requireRefused(probe, Arrays.copyOf(seed, seed.length + 1), target.name() + ", longer");
    }
  }

  @ParameterizedTest
  @MethodSource("stored")
  void decode_foreignVersion_isRefused(Target target) throws Exception {
    Probe probe = target.probes().get();
    for (byte[] seed : target.seeds()) {
      byte[] changed = seed.clone();
      changed[0] += 17;
      Mutation.seal(changed);
      requireRefused(probe, changed, target.name());
    }
  }

  @ParameterizedTest
  @MethodSource("learned")
  void decode_otherFingerprint_isRefused(Target target) throws Exception {
    Probe probe = target.probes().get();
    byte[] changed = target.seeds().get(0).clone();
    changed[FINGERPRINT] ^= 1;
    Mutation.seal(changed);
    requireRefused(probe, changed, target.name());
  }

  static Stream<Target> learned() {
    return stored()
        .filter(
            t ->
                List.of("weights", "key-state", "key-state-waiting", "key-head")
                    .contains(t.name()));
  }

  @ParameterizedTest
  @MethodSource("stored")
  void decode_hugeLengthsAnywhere_takesNoRoomForThem(Target target) throws Exception {
    Probe probe = target.probes().get();
    byte[] seed = target.seeds().get(0);
    for (int at = 0; at + 2 * Integer.BYTES <= seed.length; at += step(seed)) {
      for (int huge : new int[] {Integer.MAX_VALUE, Integer.MIN_VALUE, 1 << 28}) {
        byte[] changed = seed.clone();
        ByteBuffer.wrap(changed).order(ByteOrder.LITTLE_ENDIAN).putInt(at, huge);
        Mutation.seal(changed);
        // a value, or a refusal; anything else, such as a full heap, ends the test
        probe.show(changed);
      }
    }
  }
}
