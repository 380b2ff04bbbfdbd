package eddy.feature;

import java.util.Arrays;

/**
 * Sines and cosines of a time's place in a period that starts at 1970-01-01T00:00Z.
 *
 * <p>Note for the implementer. Not StrictMath: from Java 21 on its sine and cosine allocate. The
 * place is an integer, so it is reduced to an eighth of a turn without rounding, and quarter turns
 * are exact; there the Taylor series up to x^17 err by less than 1e-15.
 */
final class Waves {
  // 1/n! with alternating signs, of the odd powers from x^3 and of the even ones from x^2
  private static final double[] SINE = inverseFactorials(17);
  private static final double[] COSINE = inverseFactorials(16);

  private Waves() {}

  /**
   * sin a, cos a, sin 2a, cos 2a, ... with a = 2 pi (time + offset mod period) / period; NaN for a
   * missing time. Error below 1e-14.
   *
   * @param value [2 harmonics], modified
   */
  static void of(double time, long offsetMs, long periodMs, int harmonics, double[] value) {
    if (Double.isNaN(time)) {
      Arrays.fill(value, Double.NaN);
      return;
    }
    long into = Math.floorMod((long) Math.floor(time) + offsetMs, periodMs);
    long quarter = (8 * into + periodMs) / (2 * periodMs);
    double angle = Math.PI / 2 * (4 * into - quarter * periodMs) / periodMs;
    double square = angle * angle;
    double sine = angle + angle * series(SINE, square);
    double cosine = 1 + series(COSINE, square);
    boolean across = quarter % 2 != 0;
    double first = across ? cosine : sine;
    double second = across ? sine : cosine;
    value[0] = quarter % 4 < 2 ? first : -first;
    value[1] = quarter % 4 == 1 || quarter % 4 == 2 ? -second : second;
    for (int i = 2; i < 2 * harmonics; i += 2) {
      // sin (n+1)a and cos (n+1)a by the addition theorem
      value[i] = value[i - 2] * value[1] + value[i - 1] * value[0];
      value[i + 1] = value[i - 1] * value[1] - value[i - 2] * value[0];
    }
  }

  /** square (c_0 + square (c_1 + ...)) */
  private static double series(double[] coefficients, double square) {
    double sum = 0;
    for (int i = coefficients.length - 1; i >= 0; i--) {
      sum = (sum + coefficients[i]) * square;
    }
    return sum;
  }

  /** -1/(n-2k)!, +1/(n-2k+2)!, ... up to 1/power!, beginning with power 2 or 3. */
  private static double[] inverseFactorials(int power) {
    double[] coefficients = new double[power / 2];
    for (int i = 0; i < coefficients.length; i++) {
      // factorials up to 17! are exact doubles
      double factorial = 1;
      for (int n = 2; n <= 2 * (i + 1) + power % 2; n++) {
        factorial *= n;
      }
      coefficients[i] = (i % 2 == 0 ? -1 : 1) / factorial;
    }
    return coefficients;
  }

  /** {@code sin1, cos1, sin2, ...} */
  static String label(int output) {
    return (output % 2 == 0 ? "sin" : "cos") + (output / 2 + 1);
  }
}
