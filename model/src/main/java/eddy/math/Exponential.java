package eddy.math;

/**
 * exp and exp - 1 in double, by the same operations on every machine, at a fraction of the time of
 * StrictMath's.
 *
 * <p>exp(x) = 2^n (1 + p(r)) with n = round(x / ln 2), r = x - n ln 2 in two parts, and p the
 * Taylor series of degree 13, whose remainder at |r| = ln 2 / 2 is below 1e-17. Within 2e-15 of the
 * exact value, relatively; arguments are clamped to +-{@value #BOUND}, where the result is still a
 * normal double. NaN stays NaN.
 */
public final class Exponential {
  public static final double BOUND = 708;
  public static final double LOG2_E = 1.4426950408889634;

  // ln 2 = HIGH + LOW, where HIGH has zeros enough that its products with n are exact
  public static final double LN2_HIGH = 6.93147180369123816490e-01;
  public static final double LN2_LOW = 1.90821492927058770002e-10;

  private Exponential() {}

  /** exp(x). */
  public static double exp(double x) {
    double bounded = clamp(x);
    double shifted = Math.fma(bounded, LOG2_E, Trigonometry.ROUND);
    double power = power(shifted);
    return Math.fma(power, fraction(bounded, shifted), power);
  }

  /** exp(x) - 1, without cancellation about zero. */
  public static double expm1(double x) {
    double bounded = clamp(x);
    double shifted = Math.fma(bounded, LOG2_E, Trigonometry.ROUND);
    double power = power(shifted);
    return Math.fma(power, fraction(bounded, shifted), power - 1);
  }

  private static double clamp(double x) {
    double low = x < -BOUND ? -BOUND : x;
    return low > BOUND ? BOUND : low;
  }

  /** 2^n: the low bits of shifted are n, and all above them leave on the left. */
  private static double power(double shifted) {
    return Double.longBitsToDouble((Double.doubleToRawLongBits(shifted) + 1023) << 52);
  }

  /** exp(r) - 1 for the part of x that 2^n leaves. */
  private static double fraction(double x, double shifted) {
    double n = shifted - Trigonometry.ROUND;
    double r = Math.fma(-n, LN2_LOW, Math.fma(-n, LN2_HIGH, x));
    // in pairs and pairs of pairs: a chain of 13 dependent steps would take three times as long
    double r2 = r * r;
    double r4 = r2 * r2;
    double low = Math.fma(Math.fma(1.0 / 120, r, 1.0 / 24), r2, Math.fma(1.0 / 6, r, 0.5));
    double middle =
        Math.fma(Math.fma(1.0 / 362880, r, 1.0 / 40320), r2, Math.fma(1.0 / 5040, r, 1.0 / 720));
    double high =
        Math.fma(
            Math.fma(1.0 / 6227020800L, r, 1.0 / 479001600),
            r2,
            Math.fma(1.0 / 39916800, r, 1.0 / 3628800));
    double p = Math.fma(Math.fma(high, r4, middle), r4, low);
    return Math.fma(p, r2, r);
  }
}
