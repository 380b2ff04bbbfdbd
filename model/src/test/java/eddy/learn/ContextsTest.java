package eddy.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eddy.feature.Encoders;
import eddy.feature.Event;
import eddy.feature.FeatureSpec;
import eddy.feature.FieldKind;
import eddy.feature.TargetSpec;
import eddy.feature.TargetSpec.Horizon;
import eddy.feature.TargetSpec.Reference;
import eddy.learn.LearnerSpec.Scope;
import eddy.math.RandomStream;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The member that learns sequences of categories, on streams whose law is known. */
class ContextsTest {
  private static final TargetSpec KIND =
      new TargetSpec("kind", 4, new Horizon.SameEvent(), new Reference.None());
  private static final List<FeatureSpec> LAGS =
      List.of(
          new FeatureSpec(
              "kind",
              false,
              List.of(Encoders.of("category", List.of("4")), Encoders.of("lag", List.of("1..2")))));

  /** What comes after the two before, of which "-" is nothing at all. */
  private interface Law {
    String next(String beforeLast, String last, RandomStream random);
  }

  private static LearnerSpec.Draft draft() {
    return LearnerSpec.of(LAGS, List.of(KIND)).units(4);
  }

  private static List<String> panel(LearnerSpec spec) {
    return spec.panel().stream().map(MemberSpec::name).toList();
  }

  /** Mean -log2 of what came in the second half of many short sequences, first events left out. */
  private static double bits(LearnerSpec spec, Law law) {
    Prequential learner = Prequential.of(spec);
    Weights weights = learner.newWeights();
    RandomStream random = new RandomStream(5);
    Event event = new Event(learner.schema());
    int field = learner.schema().index("kind", FieldKind.CATEGORY);
    double sum = 0;
    int count = 0;
    for (int sequence = 0; sequence < 1000; sequence++) {
      KeyState key = learner.newKeyState();
      String beforeLast = "-";
      String last = "-";
      for (int i = 0; i < 5; i++) {
        event.position = 5L * sequence + i;
        event.categories[field] = law.next(beforeLast, last, random);
        beforeLast = last;
        last = event.categories[field];
        Outcome outcome = learner.observe(event, key, weights);
        if (sequence >= 500 && i > 0) {
          sum -= StrictMath.log(outcome.settlements[0].prediction[0].probability);
          count++;
        }
      }
    }
    return sum / StrictMath.log(2) / count;
  }

  // of two equal and of two unlike values each comes half the time: either alone says nothing
  private static String exclusiveOr(String beforeLast, String last, RandomStream random) {
    boolean free = beforeLast.equals("-") || random.nextDouble() < 0.1;
    boolean one = free ? random.nextDouble() < 0.5 : !beforeLast.equals(last);
    return one ? "one" : "zero";
  }

  @Test
  void observe_nextOfTwoBefore_comesNearTheEntropyOfTheStream() {
    // of four events one is a fair coin, three have 0.05 and 0.95: 0.2864 bits
    double entropy = (1 + 3 * 0.2864) / 4;
    assertThat(bits(draft().panel("contexts").build(), ContextsTest::exclusiveOr))
        .isBetween(entropy - 0.05, entropy + 0.06);
    assertThat(bits(draft().panel("linear").build(), ContextsTest::exclusiveOr))
        .isGreaterThan(entropy + 0.3);
  }

  // where the first value repeats for those before it, the second event sees a, a as the third does
  private static String afterTheStart(String beforeLast, String last, RandomStream random) {
    return last.equals("-") || beforeLast.equals("-") ? "a" : last.equals("a") ? "b" : "a";
  }

  @Test
  void observe_firstEventsOfKeys_areNotTakenForRepeatedValues() {
    assertThat(bits(draft().panel("contexts").build(), ContextsTest::afterTheStart))
        .isLessThan(0.05);
  }

  @Test
  void build_auto_hasContextsWhereClassesFollowNamedSequences() {
    assertThat(panel(draft().build())).isEqualTo(MemberSpec.names()).endsWith("contexts");
    assertThat(panel(draft().scope(Scope.KEY).build())).doesNotContain("contexts");
    assertThat(panel(LearnerSpec.of(LAGS, List.of(Streams.OWN)).build()))
        .doesNotContain("contexts");
    assertThat(panel(Streams.draft().build())).doesNotContain("contexts");
  }

  @Test
  void build_contextsWithoutSequencesOrClasses_saysWhatIsMissing() {
    assertThatThrownBy(() -> Streams.draft().panel("contexts").build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no two consecutive values")
        .hasMessageContaining("lag(1..3)");
    assertThatThrownBy(() -> LearnerSpec.of(LAGS, List.of(Streams.OWN)).panel("contexts").build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no target is a class");
  }

  // what it says of numbers would count as the reference twice
  @Test
  void observe_numbersBesideClasses_areTheSameWithoutIt() {
    List<TargetSpec> targets = List.of(Streams.AHEAD, Streams.NEXT_KIND);
    List<FeatureSpec> features =
        List.of(
            Streams.FEATURES.get(0),
            Streams.FEATURES.get(3),
            new FeatureSpec(
                "kind",
                false,
                List.of(Encoders.of("category", List.of("8")), Encoders.of("lag", List.of("1")))));
    LearnerSpec.Draft draft = LearnerSpec.of(features, targets).units(4);
    Prequential with = Prequential.of(draft.panel("reference", "linear", "contexts").build());
    Prequential without = Prequential.of(draft.panel("reference", "linear").build());
    Weights withWeights = with.newWeights();
    Weights withoutWeights = without.newWeights();
    KeyState withKey = with.newKeyState();
    KeyState withoutKey = without.newKeyState();
    Streams.Row[] rows = Streams.rows(2, 200);
    boolean classesDiffer = false;
    for (int i = 0; i < rows.length; i++) {
      Outcome.Prediction[] one =
          with.observe(rows[i].into(with, i), withKey, withWeights).predictions;
      Outcome.Prediction[] other =
          without.observe(rows[i].into(without, i), withoutKey, withoutWeights).predictions;
      assertThat(one[0].model).isEqualTo(other[0].model);
      classesDiffer |= one[1].probability != other[1].probability;
    }
    assertThat(classesDiffer).isTrue();
  }
}
