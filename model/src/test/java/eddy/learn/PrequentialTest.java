package eddy.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import eddy.cell.Cells;
import eddy.feature.Encoders;
import eddy.feature.Event;
import eddy.feature.FeatureSpec;
import eddy.feature.FieldKind;
import eddy.feature.TargetSpec;
import eddy.feature.TargetSpec.Horizon;
import eddy.feature.TargetSpec.Reference;
import eddy.gradient.RecurrentState;
import eddy.learn.LearnerSpec.Descent;
import eddy.learn.LearnerSpec.Estimator;
import eddy.math.RandomStream;
import eddy.optim.Clip;
import eddy.readout.ReadoutWeights;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrequentialTest {
  private static final Descent PLAIN = new Descent("sgd", 0.01, new Clip(Clip.Kind.NONE, 1));

  private static LearnerSpec.Draft oneTarget(TargetSpec target) {
    return LearnerSpec.of(List.of(new FeatureSpec("x", false, List.of())), List.of(target))
        .units(8)
        .block(3);
  }

  private static Event event(Prequential learner, long position, double x, double y) {
    Event event = new Event(learner.schema());
    event.position = position;
    event.timestamp = 1000 * position;
    event.numbers[learner.schema().index("x", FieldKind.NUMBER)] = x;
    event.numbers[learner.schema().index("y", FieldKind.NUMBER)] = y;
    return event;
  }

  /** Readouts start at zero and would hide the gradient of the cells. */
  private static Weights withReadout(Weights weights) {
    RandomStream random = new RandomStream(11);
    for (int i = 0; i < readout(weights).length; i++) {
      readout(weights)[i] = (float) random.uniform(-0.5, 0.5);
    }
    return weights;
  }

  private static float[] readout(Weights weights) {
    return weights.members[0].readouts()[0].values;
  }

  private static float[] cells(Weights weights, int group) {
    return weights.members[0].cells()[group].values;
  }

  @ParameterizedTest
  @ValueSource(strings = {"mixed", "gru", "lstm", "elman"})
  void observe_labelComesLater_movesWeightsAsIfItHadComeAtTheOrigin(String cell) {
    // one label only, at the last event: until then the weights stand still
    int origin = 20;
    int horizon = 4;
    TargetSpec own = new TargetSpec("y", 0, new Horizon.SameEvent(), new Reference.None());
    TargetSpec later =
        new TargetSpec("y", 0, new Horizon.EventsAhead(horizon), new Reference.None());
    Prequential at = Prequential.of(oneTarget(own).cell(cell).single(PLAIN, PLAIN).build());
    Prequential delayed = Prequential.of(oneTarget(later).cell(cell).single(PLAIN, PLAIN).build());
    Weights atWeights = withReadout(at.newWeights());
    Weights delayedWeights = withReadout(delayed.newWeights());
    KeyState atKey = at.newKeyState();
    KeyState delayedKey = delayed.newKeyState();
    RandomStream random = new RandomStream(1);
    for (int i = 0; i <= origin + horizon; i++) {
      double x = random.nextGaussian();
      if (i <= origin) {
        at.observe(event(at, i, x, i == origin ? 3 : Double.NaN), atKey, atWeights);
      }
      double y = i == origin + horizon ? 3 : Double.NaN;
      Outcome outcome = delayed.observe(event(delayed, i, x, y), delayedKey, delayedWeights);
      assertThat(outcome.settledOrigins).isEqualTo(i == origin + horizon ? 1 : 0);
      if (outcome.settledOrigins == 1) {
        assertThat(outcome.settlements[0].originPosition).isEqualTo(origin);
        assertThat(outcome.settlements[0].originTimestamp).isEqualTo(1000L * origin);
      }
    }
    assertThat(atWeights.updates()).isEqualTo(1);
    assertThat(readout(delayedWeights)).containsExactly(readout(atWeights));
    Weights untouched = withReadout(delayed.newWeights());
    for (int g = 0; g < atWeights.members[0].cells().length; g++) {
      assertThat(cells(delayedWeights, g)).containsExactly(cells(atWeights, g));
      assertThat(cells(delayedWeights, g)).isNotEqualTo(cells(untouched, g));
    }
  }

  @Test
  void observe_oneLabel_movesCellsAgainstTheNumericalGradient() {
    // loss (z - t)^2 / 2 of the normalised output z against central differences over the weights
    TargetSpec own = new TargetSpec("y", 0, new Horizon.SameEvent(), new Reference.None());
    Prequential learner =
        Prequential.of(oneTarget(own).cell("gru").loss("squared").single(PLAIN, PLAIN).build());
    Weights before = withReadout(learner.newWeights());
    Weights after = withReadout(learner.newWeights());
    lastOutput(learner, after);
    float[] start = cells(before, 0);
    double dot = 0;
    double norms = 0;
    double normDifferences = 0;
    for (int p = 0; p < start.length; p += 3) {
      double slope = slope(learner, p);
      double moved = (start[p] - cells(after, 0)[p]) / 0.01;
      dot += slope * moved;
      norms += moved * moved;
      normDifferences += slope * slope;
    }
    assertThat(dot / Math.sqrt(norms * normDifferences)).as("cosine").isGreaterThan(0.9999);
    assertThat(Math.sqrt(norms / normDifferences)).as("length").isCloseTo(1, within(1e-2));
  }

  private static double slope(Prequential learner, int parameter) {
    float step = 2e-2f;
    double[] loss = new double[2];
    for (int side = 0; side < 2; side++) {
      Weights weights = withReadout(learner.newWeights());
      cells(weights, 0)[parameter] += side == 0 ? step : -step;
      // the derived copies of the weights belong to them
      Weights moved = learner.decodeWeights(learner.encode(weights));
      double z = lastOutput(learner, moved);
      loss[side] = (z - 1) * (z - 1) / 2;
    }
    return (loss[0] - loss[1]) / (2 * step);
  }

  /** Runs 12 events, the last with label 1, so that the size of the change stays 1. */
  private static double lastOutput(Prequential learner, Weights weights) {
    KeyState key = learner.newKeyState();
    RandomStream random = new RandomStream(2);
    double value = 0;
    for (int i = 0; i < 12; i++) {
      double y = i == 11 ? 1 : Double.NaN;
      Outcome outcome = learner.observe(event(learner, i, random.nextGaussian(), y), key, weights);
      value = outcome.predictions[0].model;
    }
    return value;
  }

  @Test
  void observe_untrained_isPersistence() {
    TargetSpec ahead =
        new TargetSpec("y", 0, new Horizon.EventsAhead(2), new Reference.Past("y", 0));
    Prequential learner = Prequential.of(oneTarget(ahead).build());
    KeyState key = learner.newKeyState();
    Outcome outcome = learner.observe(event(learner, 0, 1, 42), key, learner.newWeights());
    assertThat(outcome.predictions[0].value).isEqualTo(42);
    assertThat(outcome.predictions[0].baseline).isEqualTo(42);
  }

  @Test
  void observe_referenceInThePast_countsEventsOfTheKey() {
    TargetSpec seasonal =
        new TargetSpec("y", 0, new Horizon.EventsAhead(1), new Reference.Past("y", 3));
    Prequential learner = Prequential.of(oneTarget(seasonal).build());
    KeyState key = learner.newKeyState();
    Weights weights = learner.newWeights();
    for (int i = 0; i < 10; i++) {
      Outcome outcome = learner.observe(event(learner, i, 0, Math.floorMod(i, 4)), key, weights);
      if (i >= 3) {
        // y repeats every 4 events, so that the value 3 back is that of the next event
        assertThat(outcome.predictions[0].model).isCloseTo(Math.floorMod(i + 1, 4), within(1.0));
      }
    }
    // an event without label teaches nothing: fresh weights say the reference
    Event unlabelled = event(learner, 10, 0, Double.NaN);
    Outcome outcome = learner.observe(unlabelled, key, learner.newWeights());
    assertThat(outcome.predictions[0].model).isEqualTo(3);
  }

  @Test
  void observe_firstSightOfAClass_isScoredWithAnUnassignedSlot() {
    TargetSpec kind = new TargetSpec("y", 4, new Horizon.SameEvent(), new Reference.None());
    Prequential learner =
        Prequential.of(
            LearnerSpec.of(List.of(new FeatureSpec("x", false, List.of())), List.of(kind))
                .units(8)
                .build());
    Weights weights = learner.newWeights();
    KeyState key = learner.newKeyState();
    Event event = new Event(learner.schema());
    event.numbers[learner.schema().index("x", FieldKind.NUMBER)] = 1;
    int field = learner.schema().index("y", FieldKind.CATEGORY);
    event.categories[field] = "red";
    Outcome outcome = learner.observe(event, key, weights);
    assertThat(outcome.predictions[0].value).as("no class is known yet").isEqualTo(-1);
    assertThat(outcome.settlements[0].prediction[0].probability).isEqualTo(0.25);
    event.categories[field] = "blue";
    outcome = learner.observe(event, key, weights);
    float[] distribution = outcome.settlements[0].prediction[0].distribution;
    assertThat(outcome.predictions[0].value).isZero();
    assertThat(learner.className(weights, 0, 0)).isEqualTo("red");
    assertThat(outcome.settlements[0].label[0]).isEqualTo(1);
    assertThat(outcome.settlements[0].prediction[0].probability)
        .isEqualTo(distribution[1])
        .isEqualTo(distribution[3]);
    event.categories[field] = null;
    outcome = learner.observe(event, key, weights);
    assertThat(outcome.unlabelled).isEqualTo(1);
    assertThat(outcome.settledOrigins).isZero();
  }

  @Test
  void observe_extremeInputs_neverStoresANonFiniteNumber() {
    TargetSpec ahead =
        new TargetSpec("y", 0, new Horizon.EventsAhead(1), new Reference.Past("y", 0));
    for (String cell : Cells.names()) {
      Prequential learner =
          Prequential.of(
              LearnerSpec.of(
                      List.of(new FeatureSpec("x", false, List.of(Encoders.of("raw", List.of())))),
                      List.of(ahead))
                  .cell(cell)
                  .units(8)
                  .build());
      KeyState key = learner.newKeyState();
      Weights weights = learner.newWeights();
      double[] extremes = {0, 3e38, -3e38, 1e-300, 1, -1e30, 5};
      for (int i = 0; i < 200; i++) {
        double x = extremes[i % extremes.length];
        Outcome outcome =
            learner.observe(event(learner, i, x, extremes[(i + 3) % 7]), key, weights);
        assertThat(outcome.predictions[0].value).as(cell).isFinite();
      }
      for (MemberWeights member : weights.members) {
        for (ReadoutWeights readout : member.readouts()) {
          assertThat(finite(readout.values)).as(cell).isTrue();
          assertThat(DoubleStream.of(readout.memory).allMatch(Double::isFinite)).isTrue();
        }
        for (int g = 0; g < member.cells().length; g++) {
          assertThat(finite(member.cells()[g].values)).as(cell).isTrue();
          assertThat(finite(member.cellSlots()[g])).as(cell).isTrue();
        }
      }
      for (MemberState member : key.members) {
        for (RecurrentState recurrent : member.leading()) {
          assertThat(finite(recurrent.state)).as(cell).isTrue();
        }
      }
    }
  }

  private static boolean finite(float[] values) {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        return false;
      }
    }
    return true;
  }

  @Test
  void of_auto_takesTheMostExactEstimatorInsideTheBudget() {
    LearnerSpec.Draft lstm = Streams.draft().panel("recurrent-gradient").cell("lstm").units(8);
    assertThat(Prequential.of(lstm.build()).learner())
        .isEqualTo("lstm/block-rtrl(16) in recurrent-gradient");
    LearnerSpec small = lstm.budget(new LearnerSpec.Budget(40_000, 1_000_000)).build();
    Prequential fallenBack = Prequential.of(small);
    assertThat(fallenBack.learner()).isEqualTo("lstm/tbptt(6) in recurrent-gradient");
    assertThat(fallenBack.bytesPerKey()).isLessThanOrEqualTo(40_000);
    assertThat(Prequential.of(Streams.draft().build()).learner()).isEqualTo("mixed/unit-traces");
  }

  @Test
  void of_nothingFitsTheBudget_saysWhatItNeeds() {
    LearnerSpec tight =
        Streams.draft().cell("lstm").budget(new LearnerSpec.Budget(1000, 1_000_000)).build();
    assertThatThrownBy(() -> Prequential.of(tight))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("eddy.budget.key.bytes=1000")
        .hasMessageContaining("bytes per key");
    LearnerSpec exact =
        Streams.draft()
            .cell("lstm")
            .estimator(Estimator.RTRL)
            .budget(new LearnerSpec.Budget(40_000, 1_000_000))
            .build();
    assertThatThrownBy(() -> Prequential.of(exact)).isInstanceOf(IllegalArgumentException.class);
  }

  // 2 F^2 + 3 F O with F = 8 + 8 + 1 features is 39,848 for 770 classes, 40,052 for 774
  @Test
  void build_moreClassesThanSecondOrderCanBear_leavesThemOut() {
    assertThat(panelFor(770)).isEqualTo(MemberSpec.usual());
    assertThat(panelFor(774)).containsExactly("reference", "recurrent-gradient");
  }

  private static List<String> panelFor(int classes) {
    TargetSpec next =
        new TargetSpec(
            "kind", classes, new TargetSpec.Horizon.EventsAhead(1), new Reference.None());
    return LearnerSpec.of(Streams.FEATURES.subList(3, 4), List.of(next))
        .units(8)
        .build()
        .panel()
        .stream()
        .map(MemberSpec::name)
        .toList();
  }

  // gates of a one-hot vector alone are its weights: variance 1, so uniform within sqrt(3)
  @Test
  void newWeights_oneHotInput_giveGatesOfVarianceOne() {
    LearnerSpec spec =
        LearnerSpec.of(Streams.FEATURES.subList(3, 4), List.of(Streams.NEXT_KIND))
            .cell("irnn")
            .units(256)
            .panel("recurrent-gradient")
            .build();
    float[] values = Prequential.of(spec).newWeights().members[0].cells()[0].values;
    double sum = 0;
    for (int i = 0; i < 8 * 256; i++) {
      sum += values[i] * values[i];
    }
    // standard error of the mean of 2048 squares: 0.02
    assertThat(sum / (8 * 256)).isCloseTo(1, within(0.1));
  }

  @Test
  void follow_eventsNobodyObserved_changesNoWeightsAndPredictsAsObserveWould() {
    LearnerSpec spec = Streams.draft().readoutFeatures(Streams.HASHED).build();
    Prequential learner = Prequential.of(spec);
    Weights weights = learner.newWeights();
    KeyState key = learner.newKeyState();
    Streams.Row[] rows = Streams.rows(9, 60);
    for (int i = 0; i < 40; i++) {
      learner.observe(rows[i].into(learner, i), key, weights);
    }
    byte[] before = learner.encode(weights);
    for (int i = 40; i < 60; i++) {
      // the prediction for an event is made before anything of it is learned but earlier labels
      KeyState observed = learner.decodeKeyState(learner.encode(key));
      Weights learned = learner.decodeWeights(before);
      Event event = rows[i].into(learner, i);
      learner.observe(event, observed, learned);
      Outcome outcome = learner.follow(event, key, weights);
      assertThat(outcome.settledOrigins).isZero();
      assertThat(outcome.predictions[4].distribution[0]).isBetween(0f, 1f);
      assertThat(learner.encode(weights)).isEqualTo(before);
      assertThat(key.events()).isEqualTo(observed.events());
      assertThat(key.features).isEqualTo(observed.features);
      assertThat(key.last).isEqualTo(observed.last);
      assertThat(key.references).isEqualTo(observed.references);
      assertThat(key.pendingInputs).isEqualTo(observed.pendingInputs);
      assertThat(key.pendingRows).isEqualTo(observed.pendingRows);
    }
  }

  @Test
  void follow_classNeverSeen_getsNoSlot() {
    Prequential learner = Prequential.of(Streams.draft().build());
    Weights weights = learner.newWeights();
    KeyState key = learner.newKeyState();
    learner.follow(Streams.rows(9, 1)[0].into(learner, 0), key, weights);
    assertThat(learner.encode(weights)).isEqualTo(learner.encode(learner.newWeights()));
  }

  @Test
  void encode_hashedFeatures_writesOnlyRowsThatMoved() {
    LearnerSpec.Draft draft = Streams.draft().readoutFeatures(Streams.HASHED);
    Prequential learner = Prequential.of(draft.build());
    Weights weights = learner.newWeights();
    KeyState key = learner.newKeyState();
    final int untouched = learner.encode(weights).length;
    Streams.Row[] rows = Streams.rows(9, 40);
    for (int i = 0; i < rows.length; i++) {
      learner.observe(rows[i].into(learner, i), key, weights);
    }
    // of 64 + 2 * 32 + 8 rows, 4 kinds use up to 16 + 4 + 4, 2 outcomes 2; numbers and classes
    // have readouts of their own, whose rows are 4 bytes of number, and lengths, weights and memory
    int outputs = 4 + 8 + 3;
    int row = 4 + 2 * (4 + 4 * outputs);
    int names = learner.encode(weights).length - untouched - 2 * 26 * row;
    assertThat(names).isLessThan(200);
    assertThat(learner.sparseBytes()).isEqualTo(2L * 136 * row);
  }

  @Test
  void build_hashedFeatureForCells_isRefused() {
    assertThatThrownBy(() -> LearnerSpec.of(Streams.HASHED, Streams.TARGETS).build())
        .hasMessageContaining("kind:context(2,64)")
        .hasMessageContaining("eddy.readout.features");
    assertThatThrownBy(
            () -> Streams.draft().readoutFeatures(Streams.HASHED).panel("linear").build())
        .hasMessageContaining("recurrent-gradient");
  }

  @Test
  void of_hashedFeaturesWithWeightsPerKey_countAllRowsInTheBudget() {
    LearnerSpec.Draft draft = Streams.draft().scope(LearnerSpec.Scope.KEY);
    int dense = Prequential.of(draft.build()).bytesPerKey();
    Prequential hashed = Prequential.of(draft.readoutFeatures(Streams.HASHED).build());
    assertThat(hashed.bytesPerKey()).isGreaterThan(dense + (int) hashed.sparseBytes());
  }

  @Test
  void of_weightsPerKey_countInTheBudgetOfTheKey() {
    LearnerSpec.Draft draft = Streams.draft().scope(LearnerSpec.Scope.KEY);
    int bytes = Prequential.of(draft.build()).bytesPerKey();
    assertThat(bytes).isGreaterThan(2 * Prequential.of(Streams.draft().build()).bytesPerKey());
    LearnerSpec tight = draft.budget(new LearnerSpec.Budget(bytes - 1, 20_000_000)).build();
    assertThatThrownBy(() -> Prequential.of(tight))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(bytes + " bytes")
        .hasMessageContaining("eddy.weights=partition");
  }

  @Test
  void of_lossThatDoesNotFitTheTarget_isRefused() {
    assertThatThrownBy(() -> Prequential.of(Streams.draft().loss("softmax").build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a@+3");
  }

  @Test
  void decode_damagedOrForeignState_isRefusedSayingWhatWasExpected() {
    Prequential learner = Prequential.of(Streams.draft().build());
    byte[] weights = learner.encode(learner.newWeights());
    byte[] key = learner.encode(learner.newKeyState());
    assertThat(key).hasSize(learner.bytesPerKey());
    byte[] flipped = key.clone();
    flipped[key.length / 2] ^= 1;
    assertThatThrownBy(() -> learner.decodeKeyState(flipped))
        .isInstanceOf(IncompatibleStateException.class)
        .hasMessageContaining("checksum");
    assertThatThrownBy(() -> learner.decodeWeights(key))
        .isInstanceOf(IncompatibleStateException.class)
        .hasMessageContaining("format");
    assertThatThrownBy(() -> learner.decodeKeyState(Arrays.copyOf(key, 5)))
        .isInstanceOf(IncompatibleStateException.class)
        .hasMessageContaining("found 5");
    Prequential other = Prequential.of(Streams.draft().seed(2).build());
    assertThatThrownBy(() -> other.decodeWeights(weights))
        .isInstanceOf(IncompatibleStateException.class)
        .hasMessageContaining("fingerprint");
  }

  @Test
  void decode_onlyTheBudgetDiffers_continues() {
    Prequential learner = Prequential.of(Streams.draft().build());
    LearnerSpec.Budget larger = new LearnerSpec.Budget(1_000_000, 30_000_000);
    Prequential other = Prequential.of(Streams.draft().budget(larger).build());
    assertThat(other.decodeWeights(learner.encode(learner.newWeights())).updates()).isZero();
  }
}
