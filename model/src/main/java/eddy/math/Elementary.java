package eddy.math;

/**
 * exp, tanh and the logistic function in float, by the same operations on every machine.
 *
 * <p>exp(x) = 2^n (1 + p(r)) with n = round(x / ln 2), r = x - n ln 2 in two parts, and p a
 * polynomial of degree 7 in r (the Taylor series: its remainder at |r| = ln 2 / 2 is below 6e-9).
 * Every function is within 4 units in the last place of the exact value; arguments are clamped
 * where the result is no longer a normal float. NaN stays NaN.
 */
public final class Elementary {
  public static final float LOG2_E = 1.44269504f;
  public static final float LN2_HIGH = 0.693359375f;
  public static final float LN2_LOW = -2.12194440e-4f;

  /** Adding it rounds a float to an integer, which then stands in the low bits. */
  public static final float ROUND = 12582912f;

  public static final int ROUND_BITS = Float.floatToRawIntBits(ROUND);

  /** exp of less is subnormal, exp of more infinite. */
  public static final float EXP_BOUND = 87f;

  /** tanh of more is 1 in float. */
  public static final float TANH_BOUND = 9.1f;

  public static final float P2 = 1f / 2;
  public static final float P3 = 1f / 6;
  public static final float P4 = 1f / 24;
  public static final float P5 = 1f / 120;
  public static final float P6 = 1f / 720;
  public static final float P7 = 1f / 5040;

  private Elementary() {}

  /** exp(x), x clamped to +-87. */
  public static float exp(float x) {
    float bounded = clamp(x, EXP_BOUND);
    float shifted = Math.fma(bounded, LOG2_E, ROUND);
    return Math.fma(power(shifted), fraction(bounded, shifted), power(shifted));
  }

  /** 1 / (1 + exp(-x)). */
  public static float sigmoid(float x) {
    return 1f / (1f + exp(-x));
  }

  /** tanh(x) = e / (e + 2) with e = exp(2x) - 1, which keeps its precision about zero. */
  public static float tanh(float x) {
    float doubled = 2f * clamp(x, TANH_BOUND);
    float shifted = Math.fma(doubled, LOG2_E, ROUND);
    float power = power(shifted);
    float e = Math.fma(power, fraction(doubled, shifted), power - 1f);
    return e / (e + 2f);
  }

  private static float clamp(float x, float bound) {
    float low = x < -bound ? -bound : x;
    return low > bound ? bound : low;
  }

  private static float power(float shifted) {
    return Float.intBitsToFloat((Float.floatToRawIntBits(shifted) - ROUND_BITS + 127) << 23);
  }

  /** exp(r) - 1 for the part of x that 2^n leaves. */
  private static float fraction(float x, float shifted) {
    float n = shifted - ROUND;
    float r = Math.fma(n, -LN2_LOW, Math.fma(n, -LN2_HIGH, x));
    float p = Math.fma(P7, r, P6);
    p = Math.fma(p, r, P5);
    p = Math.fma(p, r, P4);
    p = Math.fma(p, r, P3);
    p = Math.fma(p, r, P2);
    return Math.fma(p * r, r, r);
  }
}
