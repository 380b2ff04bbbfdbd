package eddy.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Learners that begin with what another has learned. */
class StartingWeightsTest {
  private static Weights learned(Prequential learner) {
    Weights weights = learner.newWeights();
    KeyState key = learner.newKeyState();
    Streams.Row[] rows = Streams.rows(1, 200);
    for (int i = 0; i < rows.length; i++) {
      learner.observe(rows[i].into(learner, i), key, weights);
    }
    return weights;
  }

  private static LearnerSpec started(LearnerSpec spec, StartingWeights start) {
    return new LearnerSpec(
        spec.features(),
        spec.readoutFeatures(),
        spec.targets(),
        spec.network(),
        spec.sequence(),
        spec.arrivals(),
        spec.estimator(),
        spec.window(),
        spec.block(),
        spec.panel(),
        spec.loss(),
        spec.gate(),
        spec.deadline(),
        spec.scope(),
        spec.weightsEvery(),
        spec.ttlMillis(),
        spec.traceDurable(),
        spec.drift(),
        spec.budget(),
        spec.seed(),
        start);
  }

  @ParameterizedTest
  @MethodSource("eddy.learn.MergeTest#specs")
  void newWeights_fromExported_areThoseBitForBit(LearnerSpec spec) {
    Prequential learner = Prequential.of(spec);
    Weights weights = learned(learner);
    weights.contributions.clear();
    weights.base = weights.members;
    Map<String, Tensor> tensors = learner.tensors(weights);
    StartingWeights start =
        new StartingWeights(tensors, learner.encode(weights), learner.specFingerprint(), 7);
    Prequential other = Prequential.of(started(spec, start));

    Weights read = other.newWeights();

    assertThat(other.fingerprint()).isNotEqualTo(learner.fingerprint());
    assertThat(other.tensors(read).keySet()).isEqualTo(tensors.keySet());
    // the fingerprint of where they are is another
    learner.decodeWeights(learner.encode(weights));
    assertThat(withoutFingerprint(other.encode(read)))
        .isEqualTo(withoutFingerprint(learner.encode(weights)));
  }

  private static byte[] withoutFingerprint(byte[] bytes) {
    return java.util.Arrays.copyOfRange(bytes, 12, bytes.length - 4);
  }

  @ParameterizedTest
  @MethodSource("eddy.learn.MergeTest#specs")
  void newWeights_fromTensorsAlone_haveTheirValuesAndFreshStatistics(LearnerSpec spec) {
    Prequential learner = Prequential.of(spec);
    Map<String, Tensor> tensors = learner.tensors(learned(learner));
    Prequential other = Prequential.of(started(spec, new StartingWeights(tensors, null, 0, 7)));

    Weights read = other.newWeights();

    assertThat(read.updates()).isZero();
    other
        .tensors(read)
        .forEach(
            (name, tensor) ->
                assertThat(tensor.values()).containsExactly(tensors.get(name).values()));
  }

  @Test
  void of_tensorOfAnotherShape_saysBoth() {
    LearnerSpec spec = Streams.draft().cell("lstm").build();
    Map<String, Tensor> tensors = new HashMap<>();
    tensors.put("recurrent-gradient.bias_ih_l0", new Tensor(new int[] {3}, new float[] {1, 2, 3}));
    assertThatThrownBy(
            () -> Prequential.of(started(spec, new StartingWeights(tensors, null, 0, 7))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[3]")
        .hasMessageContaining("[32]");
  }

  @Test
  void of_stateOfAnotherSpec_isRefused() {
    Prequential learner = Prequential.of(Streams.draft().build());
    byte[] state = learner.encode(learner.newWeights());
    StartingWeights start = new StartingWeights(Map.of(), state, learner.specFingerprint(), 7);
    LearnerSpec other = started(Streams.draft().seed(2).build(), start);
    assertThatThrownBy(() -> Prequential.of(other))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("--weights-only");
  }
}
