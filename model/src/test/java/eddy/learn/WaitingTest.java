package eddy.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import eddy.cell.LayerSpec;
import eddy.feature.ArrivalSpec;
import eddy.feature.Encoders;
import eddy.feature.Event;
import eddy.feature.FeatureSpec;
import eddy.feature.FieldKind;
import eddy.feature.SequenceSpec;
import eddy.feature.TargetSpec;
import eddy.feature.TargetSpec.Horizon;
import eddy.feature.TargetSpec.Reference;
import eddy.learn.LearnerSpec.Budget;
import eddy.learn.LearnerSpec.Descent;
import eddy.learn.LearnerSpec.Estimator;
import eddy.math.RandomStream;
import eddy.network.NetworkSpec;
import eddy.network.NetworkSpec.Kind;
import eddy.optim.Clip;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Labels that come after no fixed count of events. */
class WaitingTest {
  private static final double TOLERANCE = 1e-5;
  private static final int UNITS = 6;
  private static final int EVENTS = 24;
  private static final Clip NO_CLIP = new Clip(Clip.Kind.NONE, 1);
  private static final Descent WHOLE = new Descent("sgd", 1, NO_CLIP);
  private static final TargetSpec LABEL =
      new TargetSpec("y", 0, new Horizon.LabelTopic(), new Reference.None());
  private static final TargetSpec TIMED =
      new TargetSpec("y", 0, new Horizon.TimeAhead(Duration.ofSeconds(5)), new Reference.None());

  static Stream<Arguments> exactGradients() {
    List<Arguments> cases = new ArrayList<>();
    for (ReferenceCell cell : ReferenceCell.values()) {
      for (boolean snapshots : new boolean[] {false, true}) {
        for (int block : new int[] {1, 4, 16}) {
          cases.add(Arguments.of(cell, Estimator.RTRL, block, snapshots));
        }
        cases.add(Arguments.of(cell, Estimator.TBPTT, 1, snapshots));
      }
    }
    return cases.stream();
  }

  private static LearnerSpec.Draft draft(TargetSpec... targets) {
    FeatureSpec raw = new FeatureSpec("x", false, List.of(Encoders.of("raw", List.of())));
    return LearnerSpec.of(List.of(raw), List.of(targets))
        .units(UNITS)
        .window(EVENTS)
        .loss("squared")
        .budget(new Budget(100_000_000, 100_000_000))
        .deadline(new LabelDeadline(16, Long.MAX_VALUE))
        .single(WHOLE, WHOLE);
  }

  private static WaitingPlan plan(boolean snapshots) {
    return new WaitingPlan(snapshots, 16, 1, 0);
  }

  private static Event event(Prequential learner, long position, double x) {
    return event(learner, position, x, Double.NaN);
  }

  private static Event event(Prequential learner, long position, double x, double y) {
    Event event = new Event(learner.schema());
    event.position = position;
    event.timestamp = 1000 * position;
    event.numbers[learner.schema().index("x", FieldKind.NUMBER)] = x;
    event.numbers[learner.schema().index("y", FieldKind.NUMBER)] = y;
    return event;
  }

  private static Event labelled(Prequential learner, double y) {
    Event label = new Event(learner.schema());
    label.numbers[learner.schema().index("y", FieldKind.NUMBER)] = y;
    label.position = 777;
    return label;
  }

  private static float[] cells(Weights weights) {
    return weights.members[0].cells()[0].values;
  }

  private static Weights weights(Prequential learner) {
    Weights weights = learner.newWeights();
    RandomStream random = new RandomStream(11);
    float[] readout = weights.members[0].readouts()[0].values;
    for (int i = 0; i < readout.length; i++) {
      readout[i] = (float) random.uniform(-0.5, 0.5);
    }
    return weights;
  }

  private static double[] inputs(int seed) {
    RandomStream random = new RandomStream(seed);
    double[] inputs = new double[EVENTS];
    for (int i = 0; i < EVENTS; i++) {
      inputs[i] = (float) random.nextGaussian();
    }
    return inputs;
  }

  /** Gradient of (z - 1)^2 / 2 after so many inputs, by central differences in float64. */
  private static double[] gradient(
      ReferenceCell cell, float[] cells, float[] readout, double[] inputs) {
    double[][] x = Arrays.stream(inputs).mapToObj(v -> new double[] {v}).toArray(double[][]::new);
    double[] weights = new double[cells.length];
    for (int p = 0; p < weights.length; p++) {
      weights[p] = cells[p];
    }
    double[] gradient = new double[weights.length];
    double step = 1e-5;
    for (int p = 0; p < weights.length; p++) {
      double[] loss = new double[2];
      for (int side = 0; side < 2; side++) {
        double[] moved = weights.clone();
        moved[p] += side == 0 ? step : -step;
        double[] output = cell.output(moved, x, UNITS);
        double z = readout[UNITS] * inputs[inputs.length - 1] + readout[UNITS + 1];
        for (int u = 0; u < UNITS; u++) {
          z += readout[u] * output[u];
        }
        loss[side] = (z - 1) * (z - 1) / 2;
      }
      gradient[p] = (loss[0] - loss[1]) / (2 * step);
    }
    return gradient;
  }

  private static double relativeError(float[] before, float[] after, double[] expected) {
    double difference = 0;
    double norm = 0;
    for (int p = 0; p < expected.length; p++) {
      double moved = (double) before[p] - after[p];
      difference += (moved - expected[p]) * (moved - expected[p]);
      norm += expected[p] * expected[p];
    }
    return Math.sqrt(difference / norm);
  }

  @ParameterizedTest
  @MethodSource("exactGradients")
  void label_outOfOrder_creditsTheGradientAtItsOrigin(
      ReferenceCell cell, Estimator estimator, int block, boolean snapshots) {
    Prequential learner =
        Prequential.of(
            draft(LABEL).cell(cell.cell()).estimator(estimator).block(block).build(),
            plan(snapshots));
    Weights weights = weights(learner);
    KeyState key = learner.newKeyState();
    double[] inputs = inputs(2);
    for (int i = 0; i < EVENTS; i++) {
      learner.observe(event(learner, i, inputs[i]), key, weights);
      // labels without a value teach nothing, but move what the next one starts from
      if (i == 14) {
        assertThat(learner.label(9, labelled(learner, Double.NaN), 0, key, weights).fate)
            .isEqualTo(LabelFate.SETTLED);
      } else if (i == 17) {
        learner.label(2, labelled(learner, Double.NaN), 0, key, weights);
        learner.label(12, labelled(learner, Double.NaN), 0, key, weights);
      }
    }
    Weights before = weights(learner);
    int origin = 11;
    Outcome outcome = learner.label(origin, labelled(learner, 1), 0, key, weights);
    assertThat(outcome.fate).isEqualTo(LabelFate.SETTLED);
    assertThat(outcome.settledOrigins).isEqualTo(1);
    assertThat(outcome.settlements[0].originPosition).isEqualTo(origin);
    assertThat(outcome.settlements[0].originTimestamp).isEqualTo(1000L * origin);
    assertThat(outcome.settlements[0].labelPosition).isEqualTo(777);
    float[] readout = before.members[0].readouts()[0].values;
    double[] expected = gradient(cell, cells(before), readout, Arrays.copyOf(inputs, origin + 1));
    assertThat(relativeError(cells(before), cells(weights), expected))
        .isLessThanOrEqualTo(TOLERANCE);
  }

  @ParameterizedTest
  @MethodSource("exactGradients")
  void observe_labelByTime_creditsTheGradientAtItsOrigin(
      ReferenceCell cell, Estimator estimator, int block, boolean snapshots) {
    Prequential learner =
        Prequential.of(
            draft(TIMED).cell(cell.cell()).estimator(estimator).block(block).build(),
            plan(snapshots));
    Weights weights = weights(learner);
    KeyState key = learner.newKeyState();
    double[] inputs = inputs(3);
    // origin 6 came an hour too early by its clock, so that it waits behind others no longer
    long[] seconds = {0, 1, 3, 4, 8, 9, 2, 10, 11, 13, 14};
    int[][] settled = {{}, {}, {}, {}, {0, 1, 2}, {3}, {}, {6}, {}, {4}, {5}};
    int origin = 6;
    Weights before = weights(learner);
    for (int i = 0; i < seconds.length; i++) {
      Event event = event(learner, i, inputs[i], i == 7 ? 1 : Double.NaN);
      event.timestamp = 1000 * seconds[i];
      Outcome outcome = learner.observe(event, key, weights);
      assertThat(outcome.unlabelled + outcome.settledOrigins)
          .as("origins whose time comes with event %d", i)
          .isEqualTo(settled[i].length);
      if (i == 7) {
        assertThat(outcome.settlements[0].originPosition).isEqualTo(origin);
        assertThat(outcome.settlements[0].labelPosition).isEqualTo(7);
      }
    }
    assertThat(weights.updates()).isEqualTo(1);
    float[] readout = before.members[0].readouts()[0].values;
    double[] expected = gradient(cell, cells(before), readout, Arrays.copyOf(inputs, origin + 1));
    assertThat(relativeError(cells(before), cells(weights), expected))
        .isLessThanOrEqualTo(TOLERANCE);
  }

  /** Events and labels by a seed: labels come late, out of order, twice, early, or never. */
  private static List<String> run(Prequential learner, int seed, int events, boolean resumed) {
    RandomStream random = new RandomStream(seed);
    KeyState key = learner.newKeyState();
    Weights weights = learner.newWeights();
    List<Integer> pending = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    Streams.Row[] rows = Streams.rows(seed, events);
    for (int i = 0; i < events; i++) {
      Event event = rows[i].into(learner, i);
      event.timestamp += (long) random.uniform(-2500, 2500);
      event.categories[learner.schema().index("id", FieldKind.CATEGORY)] = "event " + i;
      texts.add(text(learner.observe(event, key, weights)));
      if (random.nextDouble() < 0.8) {
        pending.add(i + (int) random.uniform(0, 2.5));
      }
      while (!pending.isEmpty() && random.nextDouble() < 0.5) {
        if (resumed) {
          key = learner.decodeKeyState(learner.encode(key));
          weights = learner.decodeWeights(learner.encode(weights));
        }
        int at = (int) random.uniform(0, pending.size());
        int origin = random.nextDouble() < 0.2 ? pending.get(at) : pending.remove(at);
        Event label = rows[Math.min(origin, events - 1)].into(learner, i);
        long id = Prequential.eventId("event " + origin);
        texts.add(text(learner.label(id, label, event.timestamp, key, weights)));
      }
      if (resumed) {
        key = learner.decodeKeyState(learner.encode(key));
        weights = learner.decodeWeights(learner.encode(weights));
      }
    }
    assertThat(weights.updates()).isGreaterThan(events / 3);
    assertThat(weights.skipped()).isZero();
    return texts;
  }

  private static String text(Outcome outcome) {
    return Streams.text(outcome)
        + String.join(
            " ",
            "",
            String.valueOf(outcome.fate),
            Integer.toString(outcome.expired),
            Integer.toString(outcome.settledEarly),
            Integer.toString(outcome.unknown));
  }

  private static final List<TargetSpec> MIXED =
      List.of(
          new TargetSpec("label", 0, new Horizon.LabelTopic(), new Reference.None()),
          new TargetSpec("outcome", 4, new Horizon.LabelTopic(), new Reference.None()),
          new TargetSpec(
              "a", 0, new Horizon.TimeAhead(Duration.ofSeconds(4)), new Reference.Past("a", 0)),
          new TargetSpec(
              "kind", 8, new Horizon.TimeAhead(Duration.ofSeconds(9)), new Reference.None()),
          Streams.AHEAD,
          Streams.NEXT_KIND);

  static Stream<Arguments> learners() {
    List<Arguments> cases = new ArrayList<>();
    for (boolean snapshots : new boolean[] {false, true}) {
      for (String cell : Streams.cells()) {
        cases.add(Arguments.of(cell, Estimator.AUTO, snapshots));
      }
      cases.add(Arguments.of("lstm", Estimator.TBPTT, snapshots));
      cases.add(Arguments.of("elman", Estimator.SNAP1, snapshots));
      cases.add(Arguments.of("panel", Estimator.AUTO, snapshots));
      cases.add(Arguments.of("sequences", Estimator.AUTO, snapshots));
      for (Kind kind : Kind.values()) {
        if (kind.readsWindow()) {
          cases.add(Arguments.of(kind.text(), Estimator.AUTO, snapshots));
        }
      }
    }
    return cases.stream();
  }

  private static Prequential learner(String name, Estimator estimator, boolean snapshots) {
    LearnerSpec.Draft draft =
        LearnerSpec.of(Streams.FEATURES, MIXED)
            .readoutFeatures(Streams.HASHED)
            .arrivals(new ArrivalSpec(true, true, "id", 0))
            .estimator(estimator)
            .units(4)
            .block(4)
            .window(6)
            .deadline(new LabelDeadline(16, Long.MAX_VALUE))
            .budget(new Budget(4_000_000, 20_000_000));
    if (name.equals("sequences")) {
      draft.sequence(new SequenceSpec(SequenceSpec.Output.EVERY, "end", false));
    } else if (!name.equals("panel")) {
      draft.panel("recurrent-gradient");
      boolean kind = Arrays.stream(Kind.values()).anyMatch(k -> k.text().equals(name));
      if (kind) {
        LayerSpec layer = new LayerSpec("gru", 4);
        draft.network(new NetworkSpec(Kind.of(name), layer, 1, false, 0, false));
      } else {
        draft.cell(name);
      }
    }
    return Prequential.of(draft.build(), plan(snapshots));
  }

  @ParameterizedTest
  @MethodSource("learners")
  void decode_afterEveryEventAndLabel_continuesBitForBit(
      String name, Estimator estimator, boolean snapshots) {
    List<String> expected = run(learner(name, estimator, snapshots), 5, 80, false);
    assertThat(run(learner(name, estimator, snapshots), 5, 80, true)).isEqualTo(expected);
    for (LabelFate fate : LabelFate.values()) {
      if (fate != LabelFate.UNKNOWN) {
        assertThat(expected).as("a case of every fate").anyMatch(text -> text.contains(fate + " "));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("learners")
  void label_warm_allocatesNothing(String name, Estimator estimator, boolean snapshots) {
    Prequential learner = learner(name, estimator, snapshots);
    KeyState key = learner.newKeyState();
    Weights weights = learner.newWeights();
    int count = 200;
    Event[] events = new Event[count];
    Event[] labels = new Event[count];
    long[] ids = new long[count];
    Streams.Row[] rows = Streams.rows(6, count);
    for (int i = 0; i < count; i++) {
      events[i] = rows[i].into(learner, i);
      labels[i] = rows[i].into(learner, i);
      events[i].categories[learner.schema().index("id", FieldKind.CATEGORY)] = "event " + i;
      ids[i] = Prequential.eventId("event " + i);
    }
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().getId();
    long fewest = Long.MAX_VALUE;
    // interpreted vector operations allocate; compiled ones must not
    for (int round = 0; round < 500 && fewest > 0; round++) {
      long before = threads.getThreadAllocatedBytes(thread);
      for (int i = 0; i < count; i++) {
        Event event = events[i];
        event.position = (long) round * count + i;
        event.timestamp = 1000 * event.position;
        learner.observe(event, key, weights);
        // two in turn, one out of turn, one early, one never
        int back = i % 5 == 0 ? 7 : i % 5 == 1 ? 2 : i % 5 == 2 ? -1 : i % 5 == 3 ? 5 : 99;
        if (back < 99) {
          learner.label(
              ids[Math.floorMod(i - back, count)], labels[i], event.timestamp, key, weights);
        }
      }
      fewest = Math.min(fewest, threads.getThreadAllocatedBytes(thread) - before);
    }
    assertThat(fewest).as("bytes allocated by %d events", count).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"elman", "gru", "lstm", "elstm", "mixed", "jordan", "gru-reset-before"})
  void label_weightsStandStill_snapshotAndReplayAreOne(String cell) {
    List<float[]> moved = new ArrayList<>();
    for (boolean snapshots : new boolean[] {false, true}) {
      Prequential learner =
          Prequential.of(draft(LABEL).cell(cell).units(8).block(4).build(), plan(snapshots));
      Weights weights = weights(learner);
      KeyState key = learner.newKeyState();
      double[] inputs = inputs(4);
      for (int i = 0; i < EVENTS; i++) {
        learner.observe(event(learner, i, inputs[i]), key, weights);
      }
      learner.label(13, labelled(learner, Double.NaN), 0, key, weights);
      learner.label(17, labelled(learner, 1), 0, key, weights);
      assertThat(weights.updates()).isEqualTo(1);
      moved.add(cells(weights).clone());
    }
    assertThat(moved.get(0)).containsExactly(moved.get(1));
  }

  @Test
  void label_ofEveryKind_isWhatItIs() {
    Prequential learner = Prequential.of(draft(LABEL).cell("elstm").build(), plan(false));
    Weights weights = weights(learner);
    KeyState key = learner.newKeyState();
    Event label = labelled(learner, 1);
    assertThat(learner.label(3, label, 0, key, weights).fate).isEqualTo(LabelFate.EARLY);
    assertThat(learner.label(3, label, 0, key, weights).fate).isEqualTo(LabelFate.DUPLICATE);
    assertThat(weights.updates()).isZero();
    int settled = 0;
    for (int i = 0; i < 20; i++) {
      Outcome outcome = learner.observe(event(learner, i, 1), key, weights);
      settled += outcome.settledOrigins;
      assertThat(outcome.settledEarly).isEqualTo(i == 3 ? 1 : 0);
      // origin 3 has its label; sixteen events wait
      boolean leaves = i >= 16 && i != 19;
      assertThat(outcome.expired).as("event %d", i).isEqualTo(leaves ? 1 : 0);
      assertThat(outcome.unlabelled).isEqualTo(leaves ? 1 : 0);
    }
    assertThat(settled).isEqualTo(1);
    assertThat(weights.updates()).isEqualTo(1);
    assertThat(learner.label(3, label, 0, key, weights).fate).isEqualTo(LabelFate.DUPLICATE);
    assertThat(learner.label(1, label, 0, key, weights).fate).isEqualTo(LabelFate.LATE);
    assertThat(learner.label(4, label, 0, key, weights).fate).isEqualTo(LabelFate.SETTLED);
    assertThat(learner.label(4, label, 0, key, weights).fate).isEqualTo(LabelFate.DUPLICATE);
    assertThat(learner.label(9, label, 0, key, weights).fate).isEqualTo(LabelFate.SETTLED);
    assertThat(learner.label(9, label, 0, key, weights).fate).isEqualTo(LabelFate.DUPLICATE);
    assertThat(weights.updates()).isEqualTo(3);
  }

  @Test
  void label_pastTheDeadlineInTime_isLate() {
    LearnerSpec spec = draft(LABEL).cell("elstm").deadline(new LabelDeadline(16, 5000)).build();
    Prequential learner = Prequential.of(spec, plan(true));
    Weights weights = weights(learner);
    KeyState key = learner.newKeyState();
    for (int i = 0; i < 3; i++) {
      learner.observe(event(learner, i, 1), key, weights);
    }
    Event label = labelled(learner, 1);
    assertThat(learner.label(0, label, 5000, key, weights).fate).isEqualTo(LabelFate.SETTLED);
    Outcome late = learner.label(1, label, 6001, key, weights);
    assertThat(late.fate).isEqualTo(LabelFate.LATE);
    assertThat(late.expired).isEqualTo(1);
    assertThat(late.unlabelled).isEqualTo(1);
    // an event of the key gives up what is too old by itself
    Event event = event(learner, 9, 1);
    assertThat(learner.observe(event, key, weights).expired).isEqualTo(1);
    assertThat(learner.label(2, label, 9000, key, weights).fate).isEqualTo(LabelFate.LATE);
  }

  @Test
  void label_moreEarlyOnesThanMayWait_theOldestIsUnknown() {
    Prequential learner = Prequential.of(draft(LABEL).cell("elstm").build(), plan(false));
    Weights weights = weights(learner);
    KeyState key = learner.newKeyState();
    int unknown = 0;
    for (int id = 100; id < 120; id++) {
      unknown += learner.label(id, labelled(learner, 1), 0, key, weights).unknown;
    }
    assertThat(unknown).isEqualTo(4);
    for (int i = 0; i < 17; i++) {
      unknown += learner.observe(event(learner, i, 1), key, weights).unknown;
    }
    assertThat(unknown).as("none of their events came within sixteen").isEqualTo(20);
  }

  @Test
  void label_afterItsSequenceHasEnded_isLearned() {
    List<float[]> moved = new ArrayList<>();
    for (boolean snapshots : new boolean[] {false, true}) {
      SequenceSpec ends = new SequenceSpec(SequenceSpec.Output.LAST, "end", false);
      Prequential learner =
          Prequential.of(draft(LABEL).cell("gru").block(4).sequence(ends).build(), plan(snapshots));
      Weights weights = weights(learner);
      Weights before = weights(learner);
      KeyState key = learner.newKeyState();
      double[] inputs = inputs(7);
      int field = learner.schema().index("end", FieldKind.TRUTH);
      for (int i = 0; i < 14; i++) {
        Event event = event(learner, i, inputs[i]);
        event.numbers[field] = i % 5 == 4 ? 1 : 0;
        Outcome outcome = learner.observe(event, key, weights);
        assertThat(outcome.predicted).isEqualTo(i % 5 == 4);
        assertThat(outcome.unlabelled).isZero();
      }
      assertThat(learner.label(9, labelled(learner, 1), 0, key, weights).fate)
          .isEqualTo(LabelFate.SETTLED);
      double[] sequence = Arrays.copyOfRange(inputs, 5, 10);
      float[] readout = before.members[0].readouts()[0].values;
      double[] expected = gradient(ReferenceCell.GRU, cells(before), readout, sequence);
      assertThat(relativeError(cells(before), cells(weights), expected))
          .isLessThanOrEqualTo(TOLERANCE);
      moved.add(cells(weights).clone());
    }
    assertThat(moved.get(0)).containsExactly(moved.get(1));
  }

  @Test
  void observe_sequenceEndsBeforeTheTime_theLabelIsGivenUp() {
    SequenceSpec ends = new SequenceSpec(SequenceSpec.Output.EVERY, "end", false);
    Prequential learner =
        Prequential.of(draft(TIMED).cell("elstm").sequence(ends).build(), plan(false));
    Weights weights = weights(learner);
    KeyState key = learner.newKeyState();
    int field = learner.schema().index("end", FieldKind.TRUTH);
    int unlabelled = 0;
    for (int i = 0; i < 12; i++) {
      Event event = event(learner, i, 1, 2);
      event.numbers[field] = i == 7 ? 1 : 0;
      Outcome outcome = learner.observe(event, key, weights);
      unlabelled += outcome.unlabelled;
      assertThat(outcome.settledOrigins).isEqualTo(i >= 5 && i <= 7 ? 1 : 0);
    }
    assertThat(unlabelled).isEqualTo(5);
  }

  @Test
  void encode_moreWait_growsByWhatWaits() {
    Prequential learner = Prequential.of(draft(LABEL).cell("elstm").build());
    Weights weights = weights(learner);
    KeyState key = learner.newKeyState();
    int empty = learner.encode(key).length;
    long each = learner.waitingPlan().originBytes();
    for (int i = 0; i < 10; i++) {
      learner.observe(event(learner, i, 1), key, weights);
      assertThat((long) learner.encode(key).length)
          .isBetween(empty + (i + 1) * each * 4 / 5, empty + (i + 1) * each);
    }
    assertThat(key.grownBytes()).isBetween(10 * each * 4 / 5, 16 * each);
    for (int i = 0; i < 10; i++) {
      learner.label(i, labelled(learner, 1), 0, key, weights);
    }
    int remembered = 10 * 2 * Long.BYTES;
    assertThat(learner.encode(key).length).isEqualTo(empty + remembered);
    assertThat(learner.bytesPerKey()).isGreaterThanOrEqualTo((int) (empty + 16 * each));
  }

  @Test
  void plan_smallBudget_lessMayWait() {
    LearnerSpec.Draft draft =
        LearnerSpec.of(Streams.FEATURES, MIXED).deadline(LabelDeadline.DEFAULT).units(8);
    Candidate large = Plan.of(draft.budget(new Budget(1 << 30, 1 << 30)).build()).chosen();
    assertThat(large.waiting().events()).isEqualTo(10_000);
    assertThat(large.waiting().form()).isEqualTo("replay");
    Candidate small = Plan.of(draft.budget(Budget.DEFAULT).build()).chosen();
    assertThat(small.waiting().events()).isBetween(16, 2000);
    assertThat(small.keyBytes()).isBetween(200_000L, Budget.DEFAULT.keyBytes());
    assertThat(Prequential.of(draft.build()).bytesPerKey())
        .as("what is planned is what is stored")
        .isBetween((int) (0.9 * small.keyBytes()), (int) (1.1 * small.keyBytes()));
    assertThatThrownBy(() -> Prequential.of(draft.budget(new Budget(12_000, 1 << 30)).build()))
        .hasMessageContaining("eddy.budget.key.bytes=12000");
  }

  @Test
  void plan_stepsCostMuch_snapshotsAreTaken() {
    // exact RTRL of 16 LSTM units costs 180,000 multiply-adds a step: 5 origins may be replayed
    LearnerSpec spec =
        draft(LABEL)
            .cell("lstm")
            .units(16)
            .estimator(Estimator.RTRL)
            .deadline(LabelDeadline.DEFAULT)
            .budget(new Budget(100_000_000, 1_000_000))
            .build();
    WaitingPlan waiting = Plan.of(spec).chosen().waiting();
    assertThat(waiting.snapshots()).isTrue();
    assertThat(waiting.events()).isBetween(50, 2000);
  }

  @Test
  void label_noTargetWaitsForOne_isRefused() {
    Prequential learner = Prequential.of(draft(TIMED).cell("elstm").build());
    assertThatThrownBy(
            () ->
                learner.label(
                    0, labelled(learner, 1), 0, learner.newKeyState(), learner.newWeights()))
        .hasMessageContaining("field@label");
  }
}
