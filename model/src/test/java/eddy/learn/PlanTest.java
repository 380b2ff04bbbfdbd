package eddy.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import eddy.cell.LayerSpec;
import eddy.learn.LearnerSpec.Budget;
import eddy.learn.LearnerSpec.Estimator;
import eddy.network.NetworkSpec;
import eddy.network.NetworkSpec.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class PlanTest {
  private static LearnerSpec.Draft lstm() {
    return Streams.draft().cell("lstm").units(16);
  }

  @Test
  void of_exactFits_choosesIt() {
    Plan plan = Plan.of(lstm().budget(new Budget(100_000_000, 100_000_000)).build());
    assertThat(plan.chosen().kind()).isEqualTo(Estimator.RTRL);
    assertThat(plan.chosen().exact()).isTrue();
  }

  @Test
  void of_exactDoesNotFit_choosesTheWindow() {
    long exact = Plan.of(lstm().build()).candidates().get(0).keyBytes();
    Plan plan = Plan.of(lstm().budget(new Budget(exact - 1, 100_000_000)).build());
    assertThat(plan.candidates().get(0).fits()).isFalse();
    assertThat(plan.chosen().kind()).isEqualTo(Estimator.TBPTT);
    assertThat(plan.candidates()).extracting(Candidate::estimator).contains("snap1", "tbptt(6)");
  }

  @Test
  void of_oneWasAskedFor_choosesItWhetherOrNotItFits() {
    Plan plan = Plan.of(lstm().estimator(Estimator.SNAP1).budget(new Budget(1, 1)).build());
    assertThat(plan.chosen().estimator()).isEqualTo("snap1");
    assertThat(plan.chosen().fits()).isFalse();
  }

  @Test
  void of_unitsThatLearnApart_haveNoSnap1() {
    assertThat(Plan.of(Streams.draft().build()).candidates())
        .extracting(Candidate::estimator)
        .containsExactly("unit-traces", "tbptt(6)");
  }

  static Stream<Arguments> learners() {
    List<Arguments> cases = new ArrayList<>();
    for (String cell : Streams.cells()) {
      for (Estimator estimator : Estimator.values()) {
        if (estimator != Estimator.SNAP1 || Streams.unitsLearnApart(cell)) {
          cases.add(Arguments.of(cell, estimator));
        }
      }
    }
    return cases.stream();
  }

  @ParameterizedTest
  @MethodSource("learners")
  void of_everyCell_countsTheBytesThatAKeyTakes(String cell, Estimator estimator) {
    LearnerSpec spec = Streams.draft().cell(cell).estimator(estimator).build();
    Prequential learner = Prequential.of(spec);
    Candidate chosen = Plan.of(spec).chosen();
    assertThat(learner.learner()).isEqualTo(cell + "/" + chosen.estimator());
    // lengths and counters of the encoding are not counted
    assertThat((double) learner.bytesPerKey() / chosen.keyBytes()).isCloseTo(1.05, within(0.06));
  }

  @ParameterizedTest
  @EnumSource(value = Kind.class, mode = EnumSource.Mode.EXCLUDE, names = "RECURRENT")
  void of_networkOverAWindow_countsTheBytesThatAKeyTakes(Kind kind) {
    LearnerSpec spec = window(kind).build();
    Prequential learner = Prequential.of(spec);
    assertThat(learner.learner()).isEqualTo(kind.text() + " lstm/bptt(6)");
    long counted = Plan.of(spec).chosen().keyBytes();
    assertThat((double) learner.bytesPerKey() / counted).isCloseTo(1.05, within(0.06));
  }

  @Test
  void of_longerWindow_costsMoreForEachOfItsEvents() {
    Candidate small = Plan.of(window(Kind.ATTENTION).window(10).build()).chosen();
    Candidate large = Plan.of(window(Kind.ATTENTION).window(20).build()).chosen();
    assertThat((double) large.eventMacs() / small.eventMacs()).isBetween(1.8, 2.0);
    assertThat(large.keyBytes()).isGreaterThan(small.keyBytes());
  }

  @ParameterizedTest
  @EnumSource(
      value = Estimator.class,
      names = {"RTRL", "SNAP1"})
  void of_networkOverAWindow_refusesWhatCarriesStates(Estimator estimator) {
    LearnerSpec spec = window(Kind.BIDIRECTIONAL).estimator(estimator).build();
    assertThatThrownBy(() -> Prequential.of(spec))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("bidirectional")
        .hasMessageContaining(estimator.name().toLowerCase(Locale.ROOT))
        .hasMessageContaining("write auto or tbptt");
  }

  @Test
  void of_networkOverAWindowBeyondTheBudget_isRefusedWithItsCosts() {
    LearnerSpec spec = window(Kind.ENCODER_DECODER).budget(new Budget(1_000_000, 1000)).build();
    long macs = Plan.of(spec).chosen().eventMacs();
    assertThatThrownBy(() -> Prequential.of(spec))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(macs + " multiply-adds");
  }

  private static LearnerSpec.Draft window(Kind kind) {
    return Streams.draft()
        .network(new NetworkSpec(kind, new LayerSpec("lstm", 8), 1, false, 0, false));
  }
}
