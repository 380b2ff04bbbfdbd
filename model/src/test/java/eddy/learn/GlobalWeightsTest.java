package eddy.learn;

import static org.assertj.core.api.Assertions.assertThat;

import eddy.feature.Event;
import eddy.feature.FeatureSpec;
import eddy.feature.FieldKind;
import eddy.feature.TargetSpec;
import eddy.feature.TargetSpec.Horizon;
import eddy.feature.TargetSpec.Reference;
import eddy.math.RandomStream;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The short form of scripts/global-weights: many keys with few events each, one law. */
class GlobalWeightsTest {
  private static final int KEYS = 900;
  private static final int EVENTS = 10;
  private static final int PARTITIONS = 4;
  private static final LearnerSpec.Draft DRAFT =
      LearnerSpec.of(
              List.of(
                  new FeatureSpec("a", false, List.of()), new FeatureSpec("b", false, List.of())),
              List.of(new TargetSpec("y", 0, new Horizon.SameEvent(), new Reference.None())))
          .units(16)
          .panel("recurrent-gradient");

  /** Mean squared error over the second half of the stream. */
  private static double loss(LearnerSpec spec, int partitions) {
    Prequential learner = Prequential.of(spec);
    Weights[] weights = new Weights[partitions];
    KeyState[] keys = new KeyState[KEYS];
    double[] memory = new double[KEYS];
    double[] last = new double[KEYS];
    for (int p = 0; p < partitions; p++) {
      weights[p] = learner.newWeights();
    }
    RandomStream random = new RandomStream(5);
    Event event = new Event(learner.schema());
    double loss = 0;
    int half = KEYS * EVENTS / 2;
    for (int i = 0; i < 2 * half; i++) {
      // a tenth of the keys is alive at a time
      int key = i / (KEYS * EVENTS / 10) * (KEYS / 10) + (int) (KEYS / 10 * random.nextDouble());
      keys[key] = keys[key] == null ? learner.newKeyState() : keys[key];
      double a = random.nextGaussian();
      double b = random.nextGaussian();
      memory[key] = 0.7 * memory[key] + 0.5 * StrictMath.tanh(a - last[key]);
      double y = StrictMath.tanh(memory[key]) + 0.3 * b * last[key] + 0.1 * random.nextGaussian();
      last[key] = a;
      event.position = i;
      event.timestamp = 1000L * i;
      event.numbers[learner.schema().index("a", FieldKind.NUMBER)] = a;
      event.numbers[learner.schema().index("b", FieldKind.NUMBER)] = b;
      event.numbers[learner.schema().index("y", FieldKind.NUMBER)] = y;
      int own = key % partitions;
      Outcome outcome = learner.observe(event, keys[key], weights[own]);
      double error = outcome.settlements[0].prediction[0].model - y;
      loss += i < half ? 0 : error * error / half;
      if (learner.sharing().isDue(weights[own])) {
        byte[] published = learner.sharing().publish(weights[own]);
        for (int p = 0; p < partitions; p++) {
          if (p != own) {
            learner.sharing().merge(weights[p], published, own);
          }
        }
      }
    }
    return loss;
  }

  @Test
  void global_fourPartitions_winsBackMostOfWhatSpreadingKeysCosts() {
    double one = loss(DRAFT.scope(LearnerSpec.Scope.PARTITION).build(), 1);
    double apart = loss(DRAFT.build(), PARTITIONS);
    double global = loss(DRAFT.global(50).build(), PARTITIONS);
    assertThat(apart).as("four models, beside one with %s", one).isGreaterThan(1.1 * one);
    assertThat(global).as("between %s and %s", one, apart).isLessThan((one + apart) / 2);
  }
}
