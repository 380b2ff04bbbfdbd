package eddy.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecursiveLeastSquaresTest {
  private static final int INPUTS = 5;
  private final Random random = new Random(4);

  /** The normal equations of the weighted, penalised sum, solved at once. */
  @ParameterizedTest
  @ValueSource(doubles = {1, 0.99, 0.9})
  void weights_afterManyRows_areThoseOfTheBatchSolution(double lambda) {
    double start = 10;
    RecursiveLeastSquares squares = new RecursiveLeastSquares(INPUTS, lambda, start);
    int rows = 200;
    SimpleMatrix x = new SimpleMatrix(rows, INPUTS);
    SimpleMatrix y = new SimpleMatrix(rows, 1);
    SimpleMatrix shares = new SimpleMatrix(rows, rows);
    for (int i = 0; i < rows; i++) {
      double[] row = random.doubles(INPUTS, -1, 1).toArray();
      double label = 3 * row[0] - row[3] + random.nextGaussian();
      x.setRow(i, 0, row);
      y.set(i, 0, label);
      shares.set(i, i, StrictMath.pow(lambda, rows - 1 - i));
      squares.learn(row, label);
    }
    SimpleMatrix penalty =
        SimpleMatrix.identity(INPUTS).scale(StrictMath.pow(lambda, rows) / start);
    SimpleMatrix solution =
        x.transpose().mult(shares).mult(x).plus(penalty).solve(x.transpose().mult(shares).mult(y));
    for (int i = 0; i < INPUTS; i++) {
      assertThat(squares.weight(i)).isCloseTo(solution.get(i), within(1e-9));
    }
  }

  @Test
  void learn_nothingExcites_staysBounded() {
    RecursiveLeastSquares squares = new RecursiveLeastSquares(2, 0.9, 1);
    for (int i = 0; i < 10_000; i++) {
      squares.learn(new double[] {1, 0}, 2);
    }
    squares.learn(new double[] {1, 1}, 3);
    // a row that had wound up to infinity would have taken all of the error
    assertThat(squares.weight(0)).isCloseTo(2, within(0.2));
    assertThat(squares.weight(1)).isBetween(0.5, 1.0);
  }

  @Test
  void forget_someInputs_leavesTheOthers() {
    RecursiveLeastSquares squares = new RecursiveLeastSquares(INPUTS, 1, 1);
    for (int i = 0; i < 100; i++) {
      double[] row = random.doubles(INPUTS, -1, 1).toArray();
      squares.learn(row, row[0] + row[4]);
    }
    double kept = squares.weight(0);
    squares.forget(3);
    assertThat(squares.weight(0)).isEqualTo(kept);
    assertThat(squares.weight(4)).isZero();
  }
}
