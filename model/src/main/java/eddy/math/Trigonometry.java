package eddy.math;

/**
 * Sine and cosine in double, by the same operations on every machine and without allocation, which
 * StrictMath's do from Java 21 on.
 *
 * <p>Within 1e-15 for arguments up to an eighth of a turn, by Taylor series up to x^17; within
 * 1e-14 for arguments below 1e5, reduced by quarter turns in two parts.
 */
public final class Trigonometry {
  // 1/n! with alternating signs, of the odd powers from x^3 and of the even ones from x^2
  private static final double[] SINE = inverseFactorials(17);
  private static final double[] COSINE = inverseFactorials(16);

  // pi / 2 = HIGH + LOW, where HIGH has zeros enough that its products with quarters are exact
  public static final double HIGH = 1.57079632673412561417;
  public static final double LOW = 6.07710050650619224932e-11;

  /** Quarter turns of a radian. */
  public static final double QUARTERS = 2 / Math.PI;

  /** Adding it rounds a double to an integer, which then stands in the low bits. */
  public static final double ROUND = 0x1.8p52;

  private Trigonometry() {}

  /** Coefficients of x^3, x^5, ... x^17 of the sine of a small angle. */
  public static double[] sineSeries() {
    return SINE.clone();
  }

  /** Coefficients of x^2, x^4, ... x^16 of the cosine of a small angle. */
  public static double[] cosineSeries() {
    return COSINE.clone();
  }

  /** Sine of an angle in radians. */
  public static double sine(double x) {
    double quarters = Math.rint(x / (Math.PI / 2));
    double rest = rest(x, quarters);
    // the last two bits are the remainder by 4, of negative numbers too
    int place = (int) (long) quarters & 3;
    double value = (place & 1) == 0 ? sineOfSmall(rest) : cosineOfSmall(rest);
    return place < 2 ? value : -value;
  }

  /** Cosine of an angle in radians. */
  public static double cosine(double x) {
    double quarters = Math.rint(x / (Math.PI / 2));
    double rest = rest(x, quarters);
    int place = (int) (long) quarters & 3;
    double value = (place & 1) == 0 ? cosineOfSmall(rest) : sineOfSmall(rest);
    return place == 1 || place == 2 ? -value : value;
  }

  /**
   * r cos(x) and r sin(x), the sides of one angle for little more than one of them. Modifies only
   * out, at cosineAt and sineAt.
   */
  public static void polar(double r, double x, float[] out, int cosineAt, int sineAt) {
    double shifted = x * QUARTERS + ROUND;
    double rest = rest(x, shifted - ROUND);
    int place = (int) Double.doubleToRawLongBits(shifted) & 3;
    double sine = sineOfSmall(rest);
    double cosine = cosineOfSmall(rest);
    double across = (place & 1) == 0 ? cosine : sine;
    double up = (place & 1) == 0 ? sine : cosine;
    out[cosineAt] = (float) (place == 1 || place == 2 ? -r * across : r * across);
    out[sineAt] = (float) (place < 2 ? r * up : -r * up);
  }

  private static double rest(double x, double quarters) {
    return Math.fma(-quarters, LOW, Math.fma(-quarters, HIGH, x));
  }

  /** Sine of an angle of at most an eighth of a turn. */
  public static double sineOfSmall(double x) {
    return x + x * series(SINE, x * x);
  }

  /** Cosine of an angle of at most an eighth of a turn. */
  public static double cosineOfSmall(double x) {
    return 1 + series(COSINE, x * x);
  }

  /** square (c_0 + square (c_1 + ...)) for 8 coefficients, in pairs and pairs of pairs. */
  private static double series(double[] c, double square) {
    double fourth = square * square;
    double low = Math.fma(Math.fma(c[3], square, c[2]), fourth, Math.fma(c[1], square, c[0]));
    double high = Math.fma(Math.fma(c[7], square, c[6]), fourth, Math.fma(c[5], square, c[4]));
    return Math.fma(high, fourth * fourth, low) * square;
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
}
