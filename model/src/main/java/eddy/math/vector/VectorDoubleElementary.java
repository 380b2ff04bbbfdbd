package eddy.math.vector;

import eddy.math.Exponential;
import eddy.math.Trigonometry;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The functions of {@link Exponential} and {@link Trigonometry} on vectors, operation by operation
 * the same, with no method that returns a vector (see {@link VectorElementary}). What does not fill
 * a vector is left to the caller.
 */
final class VectorDoubleElementary {
  private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
  private static final int WIDTH = SPECIES.length();
  private static final double[] SINE = Trigonometry.sineSeries();
  private static final double[] COSINE = Trigonometry.cosineSeries();

  private VectorDoubleElementary() {}

  /**
   * exp(x) - less, up to the last whole vector. Modifies only y.
   *
   * @param less 0 or 1, taken away without cancellation
   * @return the first index that is left
   */
  static int exp(double[] x, int xAt, double[] y, int yAt, int length, double less) {
    int i = 0;
    for (; i <= length - WIDTH; i += WIDTH) {
      DoubleVector value = DoubleVector.fromArray(SPECIES, x, xAt + i);
      DoubleVector low = DoubleVector.broadcast(SPECIES, -Exponential.BOUND);
      value = value.blend(low, value.compare(VectorOperators.LT, low));
      DoubleVector high = DoubleVector.broadcast(SPECIES, Exponential.BOUND);
      value = value.blend(high, value.compare(VectorOperators.GT, high));
      DoubleVector shifted = DoubleVector.broadcast(SPECIES, Exponential.LOG2_E);
      shifted = value.fma(shifted, DoubleVector.broadcast(SPECIES, Trigonometry.ROUND));
      DoubleVector n = shifted.sub(DoubleVector.broadcast(SPECIES, Trigonometry.ROUND));
      DoubleVector r = n.fma(DoubleVector.broadcast(SPECIES, -Exponential.LN2_HIGH), value);
      r = n.fma(DoubleVector.broadcast(SPECIES, -Exponential.LN2_LOW), r);
      DoubleVector r2 = r.mul(r);
      DoubleVector r4 = r2.mul(r2);
      DoubleVector p0 = DoubleVector.broadcast(SPECIES, 1.0 / 120);
      p0 = p0.fma(r, DoubleVector.broadcast(SPECIES, 1.0 / 24));
      DoubleVector p1 = DoubleVector.broadcast(SPECIES, 1.0 / 6);
      p1 = p0.fma(r2, p1.fma(r, DoubleVector.broadcast(SPECIES, 0.5)));
      DoubleVector p2 = DoubleVector.broadcast(SPECIES, 1.0 / 362880);
      p2 = p2.fma(r, DoubleVector.broadcast(SPECIES, 1.0 / 40320));
      DoubleVector p3 = DoubleVector.broadcast(SPECIES, 1.0 / 5040);
      p3 = p2.fma(r2, p3.fma(r, DoubleVector.broadcast(SPECIES, 1.0 / 720)));
      DoubleVector p4 = DoubleVector.broadcast(SPECIES, 1.0 / 6227020800L);
      p4 = p4.fma(r, DoubleVector.broadcast(SPECIES, 1.0 / 479001600));
      DoubleVector p5 = DoubleVector.broadcast(SPECIES, 1.0 / 39916800);
      p5 = p4.fma(r2, p5.fma(r, DoubleVector.broadcast(SPECIES, 1.0 / 3628800)));
      DoubleVector p = p5.fma(r4, p3).fma(r4, p1);
      DoubleVector power =
          shifted
              .reinterpretAsLongs()
              .add(1023)
              .lanewise(VectorOperators.LSHL, 52)
              .reinterpretAsDoubles();
      DoubleVector rest = power.sub(DoubleVector.broadcast(SPECIES, less));
      power.fma(p.fma(r2, r), rest).intoArray(y, yAt + i);
    }
    return i;
  }

  /**
   * r cos(x) and r sin(x), up to the last whole vector. Modifies only cosines and sines.
   *
   * @return the first index that is left
   */
  static int polar(
      double[] r, int rAt, double[] x, int xAt, double[] cosines, double[] sines, int length) {
    int i = 0;
    for (; i <= length - WIDTH; i += WIDTH) {
      DoubleVector value = DoubleVector.fromArray(SPECIES, x, xAt + i);
      DoubleVector shifted = value.mul(DoubleVector.broadcast(SPECIES, Trigonometry.QUARTERS));
      shifted = shifted.add(DoubleVector.broadcast(SPECIES, Trigonometry.ROUND));
      DoubleVector quarters = shifted.sub(DoubleVector.broadcast(SPECIES, Trigonometry.ROUND));
      DoubleVector rest = quarters.fma(DoubleVector.broadcast(SPECIES, -Trigonometry.HIGH), value);
      rest = quarters.fma(DoubleVector.broadcast(SPECIES, -Trigonometry.LOW), rest);
      rest.intoArray(sines, i);
      shifted.intoArray(cosines, i);
    }
    for (int at = 0; at < i; at += WIDTH) {
      turn(r, rAt + at, cosines, sines, at);
    }
    return i;
  }

  /** From the angle that is left (sines) and the quarter turns in low bits (cosines). */
  private static void turn(double[] r, int rAt, double[] cosines, double[] sines, int i) {
    DoubleVector x = DoubleVector.fromArray(SPECIES, sines, i);
    DoubleVector x2 = x.mul(x);
    DoubleVector x4 = x2.mul(x2);
    DoubleVector x8 = x4.mul(x4);
    DoubleVector s0 = DoubleVector.broadcast(SPECIES, SINE[1]);
    s0 = s0.fma(x2, DoubleVector.broadcast(SPECIES, SINE[0]));
    DoubleVector s1 = DoubleVector.broadcast(SPECIES, SINE[3]);
    s0 = s1.fma(x2, DoubleVector.broadcast(SPECIES, SINE[2])).fma(x4, s0);
    DoubleVector s2 = DoubleVector.broadcast(SPECIES, SINE[5]);
    s2 = s2.fma(x2, DoubleVector.broadcast(SPECIES, SINE[4]));
    DoubleVector s3 = DoubleVector.broadcast(SPECIES, SINE[7]);
    s2 = s3.fma(x2, DoubleVector.broadcast(SPECIES, SINE[6])).fma(x4, s2);
    DoubleVector sine = x.add(x.mul(s2.fma(x8, s0).mul(x2)));
    DoubleVector c0 = DoubleVector.broadcast(SPECIES, COSINE[1]);
    c0 = c0.fma(x2, DoubleVector.broadcast(SPECIES, COSINE[0]));
    DoubleVector c1 = DoubleVector.broadcast(SPECIES, COSINE[3]);
    c0 = c1.fma(x2, DoubleVector.broadcast(SPECIES, COSINE[2])).fma(x4, c0);
    DoubleVector c2 = DoubleVector.broadcast(SPECIES, COSINE[5]);
    c2 = c2.fma(x2, DoubleVector.broadcast(SPECIES, COSINE[4]));
    DoubleVector c3 = DoubleVector.broadcast(SPECIES, COSINE[7]);
    c2 = c3.fma(x2, DoubleVector.broadcast(SPECIES, COSINE[6])).fma(x4, c2);
    DoubleVector cosine = c2.fma(x8, c0).mul(x2).add(1);
    LongVector quarters = DoubleVector.fromArray(SPECIES, cosines, i).reinterpretAsLongs();
    VectorMask<Double> odd = quarters.and(1).compare(VectorOperators.NE, 0).cast(SPECIES);
    DoubleVector radius = DoubleVector.fromArray(SPECIES, r, rAt);
    LongVector across = radius.mul(cosine.blend(sine, odd)).reinterpretAsLongs();
    LongVector up = radius.mul(sine.blend(cosine, odd)).reinterpretAsLongs();
    LongVector upSign = quarters.and(2).lanewise(VectorOperators.LSHL, 62);
    LongVector acrossSign = quarters.add(1).and(2).lanewise(VectorOperators.LSHL, 62);
    across.lanewise(VectorOperators.XOR, acrossSign).reinterpretAsDoubles().intoArray(cosines, i);
    up.lanewise(VectorOperators.XOR, upSign).reinterpretAsDoubles().intoArray(sines, i);
  }
}
