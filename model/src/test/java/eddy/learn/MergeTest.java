package eddy.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import eddy.feature.Dictionary;
import eddy.feature.FeatureSpec;
import eddy.math.Alignment;
import eddy.network.NetworkSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Learners that learn apart and take in each other's weights. */
class MergeTest {
  private static final int EVERY = 50;
  private static final String[] REVERSED = {"k3", "k2", "k1", "k0"};

  private static LearnerSpec.Draft draft() {
    return Streams.draft().readoutFeatures(Streams.HASHED).global(EVERY);
  }

  private static Weights learn(Prequential learner, Weights weights, long seed, int count) {
    KeyState key = learner.newKeyState();
    Streams.Row[] rows = Streams.rows(seed, count);
    for (int i = 0; i < count; i++) {
      learner.observe(rows[i].into(learner, i), key, weights);
    }
    return weights;
  }

  private static Weights learned(Prequential learner, long seed) {
    return learn(learner, learner.newWeights(), seed, 300);
  }

  /** What was learned, without whose it is. */
  private static byte[] bytes(Prequential learner, Weights weights) {
    Weights copy = learner.decodeWeights(learner.encode(weights));
    copy.contributions.own = 0;
    copy.contributions.unpublished = 0;
    copy.contributions.foreign.clear();
    copy.base = new MemberWeights[0];
    return learner.encode(copy);
  }

  static Stream<LearnerSpec> specs() {
    List<LearnerSpec> all = new ArrayList<>();
    for (String cell : Streams.cells()) {
      all.add(draft().cell(cell).build());
    }
    for (NetworkSpec.Kind kind : NetworkSpec.Kind.values()) {
      NetworkSpec network = draft().cell("gru").build().network().withKind(kind, 0);
      all.add(draft().network(network.withLayers(2, true)).build());
    }
    return all.stream();
  }

  @ParameterizedTest
  @MethodSource("specs")
  void merge_equalWeightsWithoutNews_changesNoBit(LearnerSpec spec) {
    Prequential learner = Prequential.of(spec);
    Weights weights = learned(learner, 1);
    assertThat(learner.sharing().isDue(weights)).isTrue();
    learner.sharing().publish(weights);
    byte[] before = bytes(learner, weights);

    assertThat(learner.sharing().merge(weights, learner.encode(weights), 1)).isTrue();

    assertThat(bytes(learner, weights)).isEqualTo(before);
    assertThat(learner.sharing().isDue(weights)).isFalse();
  }

  @ParameterizedTest
  @MethodSource("specs")
  void merge_beforeTheFirstUpdate_becomesTheForeignWeights(LearnerSpec spec) {
    Prequential learner = Prequential.of(spec);
    Weights foreign = learned(learner, 1);
    Weights late = learner.newWeights();

    learner.sharing().merge(late, learner.encode(foreign), 3);

    late.skipped = foreign.skipped;
    // covariances are stored in other units
    Weights again = learner.newWeights();
    learner.sharing().merge(again, learner.encode(late(learner, late)), 3);
    again.skipped = foreign.skipped;
    assertThat(bytes(learner, again)).isEqualTo(bytes(learner, late));
    assertThat(said(learner, late, false)).isEqualTo(said(learner, foreign, false));
  }

  private static Weights late(Prequential learner, Weights weights) {
    Weights copy = learner.decodeWeights(learner.encode(weights));
    copy.contributions.own = EVERY;
    return copy;
  }

  @ParameterizedTest
  @MethodSource("specs")
  void merge_classesNumberedInAnotherOrder_saysAndLearnsTheSame(LearnerSpec spec) {
    Prequential learner = Prequential.of(spec);
    Weights foreign = learned(learner, 1);
    Weights reversed = learner.newWeights();
    List<Dictionary> dictionaries = new ArrayList<>(List.of(reversed.features.dictionaries));
    dictionaries.add(reversed.classes[2]);
    dictionaries.add(reversed.classes[4]);
    for (Dictionary dictionary : dictionaries) {
      String[] texts = dictionary.slots() == 8 ? REVERSED : new String[] {"down", "up"};
      Arrays.stream(texts).forEach(dictionary::assign);
    }

    learner.sharing().merge(reversed, learner.encode(foreign), 0);

    assertThat(reversed.classes[2].text(0))
        .isEqualTo("k3")
        .isNotEqualTo(foreign.classes[2].text(0));
    // sums over inputs in another order round otherwise, and learning carries that on
    assertClose(said(learner, reversed, true), said(learner, foreign, true));
  }

  /** What is said of a new key while it is learned: numbers, and probabilities by class. */
  private static List<Object> said(Prequential learner, Weights weights, boolean asDoubles) {
    List<Object> all = new ArrayList<>();
    KeyState key = learner.newKeyState();
    Streams.Row[] rows = Streams.rows(77, 60);
    for (int i = 0; i < rows.length; i++) {
      Outcome outcome = learner.observe(rows[i].into(learner, i), key, weights);
      for (int t = 0; outcome.predicted && t < outcome.predictions.length; t++) {
        Outcome.Prediction prediction = outcome.predictions[t];
        if (weights.classes[t] == null) {
          all.add(prediction.model);
        } else if (asDoubles) {
          for (String name : List.of("k0", "k1", "k2", "k3", "up", "down")) {
            int slot = weights.classes[t].slotOf(name);
            all.add((double) prediction.distribution[slot]);
          }
        } else {
          all.add(List.of(prediction.value, prediction.probability));
        }
      }
    }
    return all;
  }

  private static void assertClose(List<Object> actual, List<Object> expected) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < actual.size(); i++) {
      double value = (Double) expected.get(i);
      assertThat((Double) actual.get(i)).isCloseTo(value, within(2e-3 * (1 + Math.abs(value))));
    }
  }

  @Test
  void merge_ofThree_addsWhatEachHasLearnedInWhateverOrder() {
    Prequential learner = Prequential.of(draft().cell("gru").build());
    float[] start = cells(learner.newWeights());
    float[] expected = start.clone();
    byte[][] published = new byte[4][];
    for (int p = 0; p < 4; p++) {
      Weights weights = learned(learner, p + 1);
      for (int i = 0; i < start.length; i++) {
        expected[i] += cells(weights)[i] - start[i];
      }
      published[p] = learner.encode(weights);
    }
    for (int[] order : new int[][] {{1, 2, 3}, {3, 1, 2}}) {
      Weights own = learner.decodeWeights(published[0]);
      for (int p : order) {
        learner.sharing().merge(own, published[p], p);
      }
      // bases that have not seen each other's news draw each other back a little
      double tolerance = 3 * Alignment.PULL * distance(expected, start);
      assertThat(distance(cells(own), expected)).isLessThan(tolerance);
    }
  }

  @Test
  void publish_andMergeByTurns_leavesEveryPartitionWithTheSameWeights() {
    Prequential learner = Prequential.of(draft().cell("gru").build());
    Weights[] partitions = new Weights[3];
    for (int p = 0; p < 3; p++) {
      partitions[p] = learner.newWeights();
    }
    for (int round = 0; round < 12; round++) {
      int p = round % 3;
      learn(learner, partitions[p], round, EVERY + 10);
      assertThat(learner.sharing().isDue(partitions[p])).isTrue();
      byte[] published = learner.sharing().publish(partitions[p]);
      for (int other = 0; other < 3; other++) {
        if (other != p) {
          assertThat(learner.sharing().merge(partitions[other], published, p)).isTrue();
        }
      }
    }
    float[] first = cells(partitions[0]);
    double moved = distance(first, cells(learner.newWeights()));
    for (int p = 1; p < 3; p++) {
      assertThat(distance(cells(partitions[p]), first)).isLessThan(1e-3 * moved);
    }
  }

  /** Weights of a GRU that are no input's: those of categories stand in another order elsewhere. */
  private static float[] cells(Weights weights) {
    float[] values = weights.members[2].cells()[0].values;
    return Arrays.copyOfRange(values, 11 * 24, values.length);
  }

  private static double distance(float[] one, float[] other) {
    double sum = 0;
    for (int i = 0; i < one.length; i++) {
      sum += (one[i] - other[i]) * (one[i] - other[i]);
    }
    return Math.sqrt(sum);
  }

  @Test
  void merge_samePartitionAgain_hasTheSamePartAgain() {
    Contributions own = new Contributions();
    for (int i = 0; i < 3 * EVERY; i++) {
      own.update(EVERY);
    }
    assertThat(own.share(1, EVERY)).isEqualTo(0.5f);
    own.foreign.put(1, (long) EVERY);
    assertThat(own.share(2, EVERY)).isEqualTo(1 / 3f);
    own.foreign.put(2, (long) EVERY);
    assertThat(own.share(1, EVERY)).isEqualTo(1 / 3f);
    assertThat(new Contributions().share(1, EVERY)).isEqualTo(1f);
  }

  @Test
  void merge_weightsThatAreNotFinite_changesNothing() {
    Prequential learner = Prequential.of(draft().build());
    Weights own = learned(learner, 1);
    Weights foreign = learned(learner, 2);
    foreign.members[3].readouts()[0].values[5] = Float.NaN;
    byte[] before = learner.encode(own);

    assertThat(learner.sharing().merge(own, learner.encode(foreign), 1)).isFalse();

    assertThat(learner.encode(own)).isEqualTo(before);
  }

  @Test
  void merge_weightsOfAnotherSpec_isRefused() {
    Prequential learner = Prequential.of(draft().build());
    Prequential other = Prequential.of(draft().global(EVERY + 1).build());
    Weights own = learner.newWeights();
    byte[] foreign = other.encode(other.newWeights());
    assertThatThrownBy(() -> learner.sharing().merge(own, foreign, 1))
        .isInstanceOf(IncompatibleStateException.class)
        .hasMessageContaining("fingerprint");
  }

  @Test
  void merge_hashedRowsOfOneSideOnly_areTakenOverAsTheyAre() {
    List<FeatureSpec> hashed = List.of(Streams.HASHED.get(0));
    Prequential learner = Prequential.of(Streams.draft().readoutFeatures(hashed).global(5).build());
    Weights own = learn(learner, learner.newWeights(), 1, 8);
    Weights foreign = learn(learner, learner.newWeights(), 2, 300);
    var ours = own.members[3].readouts()[1].rows;
    var theirs = foreign.members[3].readouts()[1].rows;
    int row = theirs.row(theirs.count() - 1);
    assertThat(ours.values(row)).isNull();

    learner.sharing().merge(own, learner.encode(foreign), 1);

    int slot = own.classes[2].slotOf("k1");
    int there = foreign.classes[2].slotOf("k1");
    // after the lanes of horizons 5 and 3
    int at = 2;
    assertThat(ours.count()).isEqualTo(theirs.count());
    assertThat(ours.values(row)[at + slot]).isEqualTo(theirs.values(row)[at + there]).isNotZero();
  }
}
