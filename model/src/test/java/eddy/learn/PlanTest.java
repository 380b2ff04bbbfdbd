package eddy.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import eddy.cell.Cells;
import eddy.learn.LearnerSpec.Budget;
import eddy.learn.LearnerSpec.Estimator;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
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
    for (String cell : Cells.names()) {
      for (Estimator estimator : Estimator.values()) {
        cases.add(Arguments.of(cell, estimator));
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
}
