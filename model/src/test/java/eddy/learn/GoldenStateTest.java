package eddy.learn;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** State that an earlier version has stored is read, and means what it meant. */
class GoldenStateTest {
  @ParameterizedTest
  @EnumSource(GoldenState.class)
  void decode_oldestState_isTheSameWeightsAndKey(GoldenState golden) throws IOException {
    GoldenState.Contents stored = golden.read(golden.oldest());
    Prequential learner = Prequential.of(golden.spec());
    Weights weights = learner.decodeWeights(stored.weights());
    KeyState key = learner.decodeKeyState(stored.key());
    assertSame(stored, learner, weights, key);
  }

  private static void assertSame(
      GoldenState.Contents stored, Prequential learner, Weights weights, KeyState key) {
    assertThat(key.events()).isEqualTo(GoldenState.STORED_AFTER);
    assertThat(learner.encode(weights)).isEqualTo(stored.weights());
    assertThat(learner.encode(key)).isEqualTo(stored.key());
  }

  @ParameterizedTest
  @EnumSource(GoldenState.class)
  void decode_storedState_goesOnAsThen(GoldenState golden) throws IOException {
    GoldenState.Contents stored = golden.read(GoldenState.TODAY);
    Prequential learner = Prequential.of(golden.spec());
    Weights weights = learner.decodeWeights(stored.weights());
    KeyState key = learner.decodeKeyState(stored.key());
    assertSame(stored, learner, weights, key);
    int from = GoldenState.STORED_AFTER;
    assertThat(GoldenState.run(learner, from, from + GoldenState.CONTINUED, key, weights))
        .isEqualTo(stored.said());
  }

  @ParameterizedTest
  @EnumSource(GoldenState.class)
  void decode_storedInParts_isTheSameKey(GoldenState golden) throws IOException {
    GoldenState.Contents stored = golden.read(golden.oldest());
    Prequential learner = Prequential.of(golden.spec());
    KeyState key = learner.decodeHead(stored.head());
    for (Map.Entry<Integer, byte[]> part : stored.parts().entrySet()) {
      assertThat(learner.parts().needed(key, part.getKey())).isTrue();
      learner.parts().decode(part.getValue(), part.getKey(), key);
    }
    assertThat(learner.encode(key)).isEqualTo(stored.key());
  }

  @ParameterizedTest
  @EnumSource(GoldenState.class)
  void compute_sameEvents_storesTheSameBytes(GoldenState golden) throws IOException {
    GoldenState.Contents stored = golden.read(GoldenState.TODAY);
    GoldenState.Contents today = golden.compute();
    assertThat(today.weights()).isEqualTo(stored.weights());
    assertThat(today.key()).isEqualTo(stored.key());
    assertThat(today.said()).isEqualTo(stored.said());
  }
}
