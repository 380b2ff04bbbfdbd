package eddy.replay;

import static org.assertj.core.api.Assertions.assertThat;

import eddy.compare.Comparison;
import eddy.compare.Loss;
import eddy.config.EddyConfig;
import eddy.feature.TargetSpec;
import eddy.learn.Outcome;
import eddy.report.ScoredLine;
import eddy.report.ScoredTarget;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PairedLossesTest {
  private static final List<TargetSpec> ONE = targets("load@+1");
  private static final List<TargetSpec> TWO = targets("price@+1,load@+1");

  @Test
  void compare_rowsInAnotherOrder_arePaired() {
    PairedLosses pairs = new PairedLosses(ONE, ONE);
    for (int row = 0; row < 1000; row++) {
      pairs.base(line(row, number(10 + row)));
    }
    for (int row = 999; row >= 0; row--) {
      pairs.other(line(row, number(10 + row + 1)));
    }
    Comparison comparison = pairs.compare(1).get(0);
    assertThat(comparison.loss()).isEqualTo(Loss.ABSOLUTE_ERROR);
    assertThat(comparison.rows()).isEqualTo(1000);
    assertThat(comparison.leftOut()).isZero();
    assertThat(comparison.difference()).isEqualTo(1);
    assertThat(comparison.keys().lost()).isEqualTo(1);
  }

  @Test
  void compare_targetsInAnotherPlace_arePairedByName() {
    PairedLosses pairs = new PairedLosses(ONE, TWO);
    for (int row = 0; row < 100; row++) {
      pairs.base(line(row, number(3)));
      pairs.other(line(row, number(1000), number(2)));
    }
    List<Comparison> comparisons = pairs.compare(1);
    assertThat(comparisons).hasSize(1);
    assertThat(comparisons.get(0).target()).isEqualTo("load@+1");
    assertThat(comparisons.get(0).baseMean()).isEqualTo(3);
    assertThat(comparisons.get(0).mean()).isEqualTo(2);
    assertThat(new PairedLosses(ONE, targets("price@+1")).comparable()).isFalse();
  }

  @Test
  void compare_rowsThatOneNeverScores_areCountedAndForgotten() {
    PairedLosses pairs = new PairedLosses(ONE, ONE);
    int missing = PairedLosses.WAITING + 100;
    for (int row = 0; row < missing; row++) {
      pairs.base(line(row, number(1)));
      pairs.other(line(row, ScoredTarget.UNSETTLED));
    }
    for (int row = missing; row < missing + 50; row++) {
      pairs.base(line(row, number(1)));
      pairs.other(line(row, number(1)));
    }
    Comparison comparison = pairs.compare(1).get(0);
    assertThat(comparison.rows()).isEqualTo(50);
    assertThat(comparison.leftOut()).isEqualTo(missing);
  }

  @Test
  void compare_aLossThatIsInfiniteForOne_isLeftOutForBoth() {
    List<TargetSpec> symbols = targets("sort:category");
    PairedLosses pairs = new PairedLosses(symbols, symbols);
    for (int row = 0; row < 100; row++) {
      pairs.base(line(row, symbol(row == 5 ? 0 : 0.5)));
      pairs.other(line(row, symbol(0.25)));
    }
    Comparison bits = pairs.compare(1).get(0);
    assertThat(bits.loss()).isEqualTo(Loss.LOG_LOSS_BITS);
    assertThat(bits.rows()).isEqualTo(99);
    assertThat(bits.leftOut()).isEqualTo(1);
    assertThat(bits.baseMean()).isEqualTo(1);
    assertThat(bits.mean()).isEqualTo(2);
    Comparison errors = pairs.compare(1).get(1);
    assertThat(errors.loss()).isEqualTo(Loss.ERROR);
    assertThat(errors.rows()).isEqualTo(100);
  }

  private static List<TargetSpec> targets(String targets) {
    return EddyConfig.of(Map.of("eddy.features", "outside", "eddy.targets", targets)).targets();
  }

  private static ScoredLine line(long row, ScoredTarget... targets) {
    return new ScoredLine(row, row + 1, "k", 1000 * row, List.of(targets));
  }

  /** A number that was missed by so much. */
  private static ScoredTarget number(double error) {
    return new ScoredTarget.OfNumber(0, error, 0, error, Outcome.Source.MODEL);
  }

  private static ScoredTarget symbol(double probability) {
    return new ScoredTarget.OfClass("a", "a", "a", "a", Outcome.Source.MODEL, probability, 1);
  }
}
