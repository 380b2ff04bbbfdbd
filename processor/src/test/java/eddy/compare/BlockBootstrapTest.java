package eddy.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import eddy.math.RandomStream;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BlockBootstrapTest {
  private static final double MEAN = 0.1;

  /**
   * Of intervals that are right in 95 of 100 cases, 300 hold the truth in 285 +- 3.8; short series
   * that depend on their past know too little of themselves for more than about 90.
   */
  @ParameterizedTest
  @CsvSource({"500, 0, 0.91", "500, 0.6, 0.88", "2000, 0.6, 0.90", "20000, 0.8, 0.89"})
  void of_autocorrelatedDifferences_holdsTheTrueMeanAsOftenAsItSays(
      int rows, double correlation, double fewest) {
    int trials = rows > 10_000 ? 100 : 300;
    int held = 0;
    for (int trial = 0; trial < trials; trial++) {
      BlockBootstrap interval = interval(rows, correlation, 31L * trial + rows, trial);
      held += interval.low() <= MEAN && MEAN <= interval.high() ? 1 : 0;
    }
    assertThat((double) held / trials).isBetween(fewest, 0.995);
  }

  @Test
  void of_differencesFarFromZero_excludesIt() {
    BlockBootstrap interval = interval(20_000, 0.5, 7, 1);
    assertThat(interval.low()).isPositive();
    assertThat(interval.length()).isGreaterThan(1);
  }

  /** The standard error of a mean of independent values is known. */
  @Test
  void of_independentValues_isAsWideAsTheirStandardErrorGives() {
    BlockBootstrap interval = interval(8000, 0, 3, 1);
    double width = 2 * 1.96 / Math.sqrt(8000);
    assertThat(interval.high() - interval.low()).isCloseTo(width, within(0.15 * width));
  }

  @Test
  void of_noDifferences_isExactlyZero() {
    BlockBootstrap interval = BlockBootstrap.of(new double[100], counts(100), 1);
    assertThat(interval.mean()).isZero();
    assertThat(interval.low()).isZero();
    assertThat(interval.high()).isZero();
  }

  @Test
  void of_rangesOfUnequalCounts_isTheRatioOfTheSums() {
    double[] sums = new double[60];
    double[] counts = new double[60];
    for (int i = 0; i < 60; i++) {
      counts[i] = i % 3;
      sums[i] = 2.0 * counts[i];
    }
    BlockBootstrap interval = BlockBootstrap.of(sums, counts, 1);
    assertThat(interval.mean()).isEqualTo(2);
    assertThat(interval.low()).isEqualTo(2);
    assertThat(interval.high()).isEqualTo(2);
  }

  @Test
  void of_sameSeed_givesTheSameInterval() {
    assertThat(interval(1000, 0.5, 5, 9)).isEqualTo(interval(1000, 0.5, 5, 9));
    assertThat(interval(1000, 0.5, 5, 9)).isNotEqualTo(interval(1000, 0.5, 5, 10));
  }

  @Test
  void of_shortSeries_hasNoInterval() {
    BlockBootstrap interval = BlockBootstrap.of(new double[] {1, 2, 3}, counts(3), 1);
    assertThat(interval.mean()).isEqualTo(2);
    assertThat(interval.low()).isNaN();
    assertThat(interval.high()).isNaN();
  }

  /** Tables of Student's t. */
  @Test
  void studentQuantile_ofTables_isTheirsToThreeDigits() {
    assertThat(BlockBootstrap.studentQuantile(4)).isCloseTo(2.776, within(0.01));
    assertThat(BlockBootstrap.studentQuantile(10)).isCloseTo(2.228, within(0.001));
    assertThat(BlockBootstrap.studentQuantile(100)).isCloseTo(1.984, within(0.001));
  }

  /** For a first-order process the best length is known in closed form. */
  @Test
  void blockLength_ofAFirstOrderProcess_isNearTheBest() {
    int rows = 8000;
    for (double correlation : new double[] {0.3, 0.6, 0.8}) {
      double best =
          Math.cbrt(6 * Math.pow(correlation / (1 - correlation * correlation), 2) * rows);
      double mean = 0;
      for (int trial = 0; trial < 20; trial++) {
        double[] series = new double[rows];
        Arrays.setAll(series, process(correlation, trial));
        mean += BlockLength.of(series) / 20.0;
      }
      assertThat(mean).as("correlation " + correlation).isBetween(0.7 * best, 1.6 * best);
    }
  }

  @Test
  void blockLength_independentOrConstantValues_isShort() {
    double[] series = new double[4000];
    Arrays.setAll(series, process(0, 3));
    assertThat(BlockLength.of(series)).isLessThanOrEqualTo(8);
    assertThat(BlockLength.of(new double[4000])).isEqualTo(1);
  }

  private static BlockBootstrap interval(int rows, double correlation, long seed, long resampling) {
    LossSums base = new LossSums();
    LossSums other = new LossSums();
    IntToDoubleFunction process = process(correlation, seed);
    for (int row = 0; row < rows; row++) {
      base.add(row, row, 1);
      other.add(row, row, 1 + MEAN + process.applyAsDouble(row));
    }
    PairedSums pairs = PairedSums.of(base, other);
    return BlockBootstrap.of(pairs.differences(), pairs.weights(), resampling);
  }

  /** A stationary first-order process with noise of deviation 1. */
  private static IntToDoubleFunction process(double correlation, long seed) {
    RandomStream random = new RandomStream(seed);
    double[] state = {random.nextGaussian() / Math.sqrt(1 - correlation * correlation)};
    return row -> {
      state[0] = correlation * state[0] + random.nextGaussian();
      return state[0];
    };
  }

  private static double[] counts(int ranges) {
    double[] counts = new double[ranges];
    Arrays.fill(counts, 1);
    return counts;
  }
}
