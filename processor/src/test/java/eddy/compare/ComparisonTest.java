package eddy.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import eddy.math.RandomStream;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  private final LossLedger base = new LossLedger();
  private final LossLedger other = new LossLedger();

  @Test
  void of_aRunAgainstItself_isExactlyZero() {
    RandomStream random = new RandomStream(1);
    for (int row = 0; row < 20_000; row++) {
      double loss = random.nextDouble();
      base.add(row, row, "k" + row % 7, loss);
      other.add(row, row, "k" + row % 7, loss);
    }
    Comparison comparison = compare();
    assertThat(comparison.difference()).isZero();
    assertThat(comparison.low()).isZero();
    assertThat(comparison.high()).isZero();
    assertThat(comparison.verdict()).isEqualTo(Verdict.THE_SAME);
    assertThat(comparison.keys()).isEqualTo(new Tally(0, 0, 7));
    assertThat(comparison.rows()).isEqualTo(20_000);
    assertThat(comparison.course()).allMatch(point -> point.difference() == 0);
    assertThat(comparison.sentence("b", "a")).startsWith("load: b loses exactly what a does");
  }

  @Test
  void of_lessLossOnMostKeys_isBetterByAsMuchAsIsKnown() {
    RandomStream random = new RandomStream(2);
    for (int row = 0; row < 30_000; row++) {
      int key = row % 10;
      double loss = random.nextDouble();
      base.add(row, 60_000L * row, "k" + key, loss);
      // nine keys gain 0.1, one loses 0.1; noise of 0.05
      double change = (key == 3 ? 0.1 : -0.1) + 0.05 * random.nextGaussian();
      other.add(row, 60_000L * row, "k" + key, loss + change);
    }
    Comparison comparison = compare();
    assertThat(comparison.difference()).isCloseTo(-0.08, within(0.002));
    assertThat(comparison.low()).isBetween(-0.09, -0.08);
    assertThat(comparison.high()).isBetween(-0.08, -0.07);
    assertThat(comparison.verdict()).isEqualTo(Verdict.BETTER);
    assertThat(comparison.keys()).isEqualTo(new Tally(9, 1, 0));
    assertThat(comparison.keys().share()).isEqualTo(0.9);
    Comparison.Point end = comparison.course().get(comparison.course().size() - 1);
    assertThat(end.difference()).isCloseTo(30_000 * comparison.difference(), within(1e-6));
    assertThat(end.row()).isGreaterThanOrEqualTo(29_999);
    assertThat(end.time()).isEqualTo(60_000L * 29_999);
    assertThat(comparison.course()).hasSizeLessThanOrEqualTo(Comparison.POINTS);
    assertThat(comparison.sentence("b", "a"))
        .startsWith("load: b is better than a: absolute error 0.0")
        .contains(" less (-1", "less for 9 of 10 keys");
  }

  @Test
  void of_noiseAlone_isNotToldApart() {
    RandomStream random = new RandomStream(3);
    for (int row = 0; row < 5000; row++) {
      base.add(row, row, "", random.nextDouble());
      other.add(row, row, "", random.nextDouble());
    }
    assertThat(compare().verdict()).isEqualTo(Verdict.NOT_TOLD_APART);
    assertThat(compare().sentence("b", "a")).startsWith("load: b and a are not told apart");
  }

  @Test
  void of_fewRows_saysThatTheyAreTooFew() {
    for (int row = 0; row < 10; row++) {
      base.add(row, row, "", 1);
      other.add(row, row, "", 2);
    }
    assertThat(compare().verdict()).isEqualTo(Verdict.TOO_FEW_ROWS);
    assertThat(compare().difference()).isEqualTo(1);
    assertThat(Comparison.of("t", Loss.ERROR, new LossLedger(), new LossLedger(), 0, 1).verdict())
        .isEqualTo(Verdict.TOO_FEW_ROWS);
  }

  @Test
  void of_rowsThatOneHasNot_leavesTheirRangeOutAndCountsIt() {
    for (int row = 0; row < 1000; row++) {
      base.add(row, row, "", 1);
      if (row != 500) {
        other.add(row, row, "", 0.5);
      }
    }
    // as many rows, but not the same
    other.add(1000, 1000, "", 0.5);
    Comparison comparison = compare();
    assertThat(comparison.rows()).isEqualTo(999);
    assertThat(comparison.leftOut()).isEqualTo(2);
    assertThat(comparison.difference()).isEqualTo(-0.5);
  }

  @Test
  void of_infiniteLosses_countsThemAndLeavesThemOut() {
    for (int row = 0; row < 100; row++) {
      base.add(row, row, "", row == 7 ? Double.POSITIVE_INFINITY : 1);
      other.add(row, row, "", row == 7 ? Double.POSITIVE_INFINITY : 2);
    }
    Comparison comparison = compare();
    assertThat(comparison.rows()).isEqualTo(99);
    assertThat(comparison.leftOut()).isEqualTo(1);
    assertThat(comparison.difference()).isEqualTo(1);
  }

  /** One run that ended later has wider ranges: the sums of both must still be of the same rows. */
  @Test
  void of_runsOfUnequalLength_comparesTheRowsOfBoth() {
    for (int row = 0; row < 40_000; row++) {
      base.add(row, row, "", 1);
      if (row < 8192) {
        other.add(row, row, "", 3);
      }
    }
    Comparison comparison = compare();
    assertThat(comparison.rows()).isEqualTo(8192);
    assertThat(comparison.leftOut()).isEqualTo(40_000 - 8192);
    assertThat(comparison.difference()).isEqualTo(2);
  }

  @Test
  void of_moreKeysThanAreKept_isASampleThatKnowsEachOfItsKeysWhole() {
    int keys = 100_000;
    for (int round = 0; round < 3; round++) {
      for (int key = 0; key < keys; key++) {
        int row = round * keys + key;
        base.add(row, row, "key" + key, 1);
        // a quarter of the keys is lost by the sum of three rounds, not by the first
        other.add(row, row, "key" + key, key % 4 == 0 && round == 2 ? 5 : 0.5);
      }
    }
    Comparison comparison = compare();
    assertThat(comparison.sampled()).isTrue();
    assertThat(comparison.keys().all()).isBetween((long) LossesByKey.KEYS, 2L * LossesByKey.KEYS);
    // six standard errors of a share of a quarter in 16,384
    assertThat(comparison.keys().share()).isCloseTo(0.75, within(0.02));
  }

  private Comparison compare() {
    return Comparison.of("load", Loss.ABSOLUTE_ERROR, base, other, 0, 1);
  }
}
