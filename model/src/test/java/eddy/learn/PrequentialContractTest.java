package eddy.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import eddy.cell.Cells;
import eddy.cell.Gates;
import eddy.cell.LayerSpec;
import eddy.feature.SequenceSpec;
import eddy.feature.SequenceSpec.Output;
import eddy.feature.TargetSpec;
import eddy.learn.LearnerSpec.Estimator;
import eddy.learn.Streams.Row;
import eddy.network.NetworkSpec;
import eddy.network.NetworkSpec.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What every cell must keep under every estimator; new cells are found by their name. */
class PrequentialContractTest {
  private static final int EVENTS = 60;
  private static final String PANEL = "panel";
  private static final String HASHED = "panel with hashed features";
  private static final String MEAN = "mean of ";
  private static final String LATE = "labelled late";
  private static final String SEQUENCES = "sequences, ";
  private static final String HARD = "hard ";
  private static final String STACK = "stack of ";

  static Stream<Arguments> learners() {
    List<Arguments> cases = new ArrayList<>();
    for (String cell : Streams.cells()) {
      for (Estimator estimator : Estimator.values()) {
        if (estimator != Estimator.SNAP1 || Streams.unitsLearnApart(cell)) {
          cases.add(Arguments.of(cell, estimator));
        }
      }
    }
    for (String cell : List.of("elman", "jordan", "elstm", "mixed")) {
      cases.add(Arguments.of(MEAN + cell, Estimator.AUTO));
    }
    for (String cell : Cells.gated()) {
      cases.add(Arguments.of(HARD + cell, Estimator.AUTO));
    }
    for (Estimator estimator : List.of(Estimator.RTRL, Estimator.TBPTT)) {
      cases.add(Arguments.of(STACK + "elstm", estimator));
      cases.add(Arguments.of(STACK + "mixed", estimator));
    }
    // the cells above alone, the whole panel once
    cases.add(Arguments.of(PANEL, Estimator.AUTO));
    cases.add(Arguments.of(HASHED, Estimator.AUTO));
    for (Kind kind : Kind.values()) {
      if (kind.readsWindow()) {
        cases.add(Arguments.of(kind.text(), Estimator.AUTO));
        cases.add(Arguments.of(PANEL + " " + kind.text(), Estimator.TBPTT));
      }
    }
    cases.add(Arguments.of(LATE, Estimator.AUTO));
    for (Output output : Output.values()) {
      cases.add(Arguments.of(SEQUENCES + output, Estimator.AUTO));
    }
    return cases.stream();
  }

  @Test
  void of_snap1WhereUnitsDoNotLearnApart_isRefused() {
    List<String> refused =
        Streams.cells().stream().filter(cell -> !Streams.unitsLearnApart(cell)).toList();
    assertThat(refused).contains("gru-reset-before", "jordan");
    for (String cell : refused) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> learner(cell, Estimator.SNAP1))
          .withMessageContaining("snap1")
          .withMessageContaining(cell)
          .withMessageContaining("use rtrl or tbptt");
    }
  }

  private static Prequential learner(String cell, Estimator estimator) {
    LearnerSpec.Draft draft = Streams.draft().units(4).estimator(estimator).block(4);
    if (cell.equals(HASHED)) {
      draft.readoutFeatures(Streams.HASHED);
    }
    if (cell.equals(LATE)) {
      List<TargetSpec> own = List.of(Streams.OWN, Streams.OWN_KIND);
      NetworkSpec late =
          new NetworkSpec(Kind.BIDIRECTIONAL, new LayerSpec("lstm", 4), 1, false, 3, false);
      return Prequential.of(
          LearnerSpec.of(Streams.FEATURES, own)
              .readoutFeatures(Streams.HASHED.subList(0, 2))
              .window(6)
              .network(late)
              .build());
    }
    if (cell.startsWith(SEQUENCES)) {
      Output output = Output.valueOf(cell.substring(SEQUENCES.length()));
      List<TargetSpec> own = List.of(Streams.OWN, Streams.OWN_KIND);
      List<TargetSpec> all = output == Output.EVERY ? Streams.TARGETS : own;
      SequenceSpec sequence = new SequenceSpec(output, "end", false);
      return Prequential.of(
          LearnerSpec.of(Streams.FEATURES, all).units(8).sequence(sequence).build());
    }
    for (Kind kind : Kind.values()) {
      if (cell.endsWith(kind.text())) {
        draft.network(new NetworkSpec(kind, new LayerSpec("gru", 4), 2, false, 0, false));
        boolean panel = cell.startsWith(PANEL);
        return Prequential.of(panel ? draft.build() : draft.panel("recurrent-gradient").build());
      }
    }
    if (cell.startsWith(PANEL)) {
      return Prequential.of(draft.build());
    }
    draft.panel("recurrent-gradient");
    if (cell.startsWith(MEAN)) {
      LayerSpec layer = new LayerSpec(cell.substring(MEAN.length()), 4);
      return Prequential.of(draft.network(NetworkSpec.of(layer).withMean()).build());
    }
    if (cell.startsWith(HARD)) {
      LayerSpec layer = new LayerSpec(cell.substring(HARD.length()), 4).withGates(Gates.HARD);
      return Prequential.of(draft.network(NetworkSpec.of(layer)).build());
    }
    if (cell.startsWith(STACK)) {
      LayerSpec layer = new LayerSpec(cell.substring(STACK.length()), 4);
      return Prequential.of(draft.network(NetworkSpec.of(layer).withLayers(2, true)).build());
    }
    return Prequential.of(draft.cell(cell).build());
  }

  private static List<String> run(Prequential learner, Row[] rows) {
    KeyState key = learner.newKeyState();
    Weights weights = learner.newWeights();
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < rows.length; i++) {
      texts.add(Streams.text(learner.observe(rows[i].into(learner, i), key, weights)));
    }
    // whole sequences have one label each
    assertThat(weights.updates()).isGreaterThan(rows.length / 8);
    assertThat(weights.skipped()).isZero();
    return texts;
  }

  @ParameterizedTest
  @MethodSource("learners")
  void observe_twoKeysInterleaved_equalsSeparateRuns(String cell, Estimator estimator) {
    Prequential learner = learner(cell, estimator);
    Row[] first = Streams.rows(1, EVENTS);
    Row[] second = Streams.rows(2, EVENTS);
    List<String> expectedFirst = run(learner, first);
    List<String> expectedSecond = run(learner, second);
    KeyState firstKey = learner.newKeyState();
    KeyState secondKey = learner.newKeyState();
    Weights firstWeights = learner.newWeights();
    Weights secondWeights = learner.newWeights();
    for (int i = 0; i < EVENTS; i++) {
      assertThat(Streams.text(learner.observe(first[i].into(learner, i), firstKey, firstWeights)))
          .isEqualTo(expectedFirst.get(i));
      assertThat(
              Streams.text(learner.observe(second[i].into(learner, i), secondKey, secondWeights)))
          .isEqualTo(expectedSecond.get(i));
    }
  }

  @ParameterizedTest
  @MethodSource("learners")
  void decode_afterEveryEvent_continuesBitForBit(String cell, Estimator estimator) {
    Prequential learner = learner(cell, estimator);
    Row[] rows = Streams.rows(3, EVENTS);
    List<String> expected = run(learner, rows);
    Prequential other = learner(cell, estimator);
    byte[] key = other.encode(other.newKeyState());
    byte[] weights = other.encode(other.newWeights());
    for (int i = 0; i < EVENTS; i++) {
      KeyState keyState = other.decodeKeyState(key);
      Weights shared = other.decodeWeights(weights);
      assertThat(Streams.text(other.observe(rows[i].into(other, i), keyState, shared)))
          .isEqualTo(expected.get(i));
      key = other.encode(keyState);
      weights = other.encode(shared);
    }
  }

  @ParameterizedTest
  @MethodSource("learners")
  void observe_laterRowsDiffer_earlierPredictionsStay(String cell, Estimator estimator) {
    Prequential learner = learner(cell, estimator);
    Row[] rows = Streams.rows(4, 60);
    List<String> expected = run(learner, rows);
    for (int i = 40; i < 60; i++) {
      rows[i] = new Row(-rows[i].a(), 1e6, "other", 7, "none");
    }
    assertThat(run(learner, rows).subList(0, 40)).isEqualTo(expected.subList(0, 40));
  }

  @Test
  void observe_ownLabelDiffers_ownPredictionStays() {
    Prequential learner = learner(PANEL, Estimator.AUTO);
    Row[] rows = Streams.rows(5, 50);
    KeyState key = learner.newKeyState();
    Weights weights = learner.newWeights();
    for (int i = 0; i < 49; i++) {
      learner.observe(rows[i].into(learner, i), key, weights);
    }
    byte[] keyBytes = learner.encode(key);
    byte[] weightBytes = learner.encode(weights);
    Outcome outcome = learner.observe(rows[49].into(learner, 49), key, weights);
    double value = outcome.predictions[3].model;
    float[] distribution = outcome.predictions[4].distribution.clone();
    Row changed = new Row(rows[49].a(), rows[49].b(), rows[49].kind(), -1e9, "never seen");
    outcome =
        learner.observe(
            changed.into(learner, 49),
            learner.decodeKeyState(keyBytes),
            learner.decodeWeights(weightBytes));
    assertThat(outcome.predictions[3].model).isEqualTo(value);
    assertThat(outcome.predictions[4].distribution).containsExactly(distribution);
  }

  @ParameterizedTest
  @MethodSource("learners")
  void observe_warm_allocatesNothing(String cell, Estimator estimator) {
    assertThat(Allocation.fewestBytes(learner(cell, estimator))).as("bytes of 200 events").isZero();
  }
}
