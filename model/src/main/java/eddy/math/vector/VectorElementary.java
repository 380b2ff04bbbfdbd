package eddy.math.vector;

import eddy.math.Elementary;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The functions of {@link Elementary} on vectors, operation by operation the same.
 *
 * <p>On arrays, in two passes where that lets them share the first, and with no method that returns
 * a vector: where C2 has inlined deeply already, it would call such a method and box the vector.
 * What does not fill a vector is left to the caller. The first pass is longer than 325 bytes of
 * bytecode, each constant written as a vector: so C2 compiles it by itself, instead of inlining it
 * into a cell's step until it inlines no further and boxes.
 */
final class VectorElementary {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int WIDTH = SPECIES.length();

  private VectorElementary() {}

  /**
   * exp, up to the last whole vector. Modifies only x.
   *
   * @return the first index that is left
   */
  static int exp(float[] x, int at, int end) {
    return exponential(x, at, end, Elementary.EXP_BOUND, 1f, 0f);
  }

  /** The logistic function, as {@link #exp}. */
  static int sigmoid(float[] x, int at, int end) {
    int rest = exponential(x, at, end, Elementary.EXP_BOUND, -1f, 0f);
    for (int i = at; i < rest; i += WIDTH) {
      FloatVector exp = FloatVector.fromArray(SPECIES, x, i);
      FloatVector.broadcast(SPECIES, 1f).div(exp.add(1f)).intoArray(x, i);
    }
    return rest;
  }

  /** tanh, as {@link #exp}. */
  static int tanh(float[] x, int at, int end) {
    int rest = exponential(x, at, end, Elementary.TANH_BOUND, 2f, 1f);
    for (int i = at; i < rest; i += WIDTH) {
      FloatVector e = FloatVector.fromArray(SPECIES, x, i);
      e.div(e.add(2f)).intoArray(x, i);
    }
    return rest;
  }

  /** x = exp(factor * x) - offset, x limited to the bound first. */
  private static int exponential(
      float[] x, int at, int end, float bound, float factor, float offset) {
    int i = at;
    for (; i <= end - WIDTH; i += WIDTH) {
      FloatVector value = FloatVector.fromArray(SPECIES, x, i);
      // compare and blend: min and max cost several times an arithmetic operation
      FloatVector low = FloatVector.broadcast(SPECIES, -bound);
      value = value.blend(low, value.compare(VectorOperators.LT, low));
      FloatVector high = FloatVector.broadcast(SPECIES, bound);
      value =
          value
              .blend(high, value.compare(VectorOperators.GT, high))
              .mul(FloatVector.broadcast(SPECIES, factor));
      FloatVector shifted = FloatVector.broadcast(SPECIES, Elementary.ROUND);
      shifted = value.fma(FloatVector.broadcast(SPECIES, Elementary.LOG2_E), shifted);
      FloatVector n = shifted.sub(FloatVector.broadcast(SPECIES, Elementary.ROUND));
      FloatVector r = n.fma(FloatVector.broadcast(SPECIES, -Elementary.LN2_HIGH), value);
      r = n.fma(FloatVector.broadcast(SPECIES, -Elementary.LN2_LOW), r);
      FloatVector p = FloatVector.broadcast(SPECIES, Elementary.P7);
      p = p.fma(r, FloatVector.broadcast(SPECIES, Elementary.P6));
      p = p.fma(r, FloatVector.broadcast(SPECIES, Elementary.P5));
      p = p.fma(r, FloatVector.broadcast(SPECIES, Elementary.P4));
      p = p.fma(r, FloatVector.broadcast(SPECIES, Elementary.P3));
      p = p.fma(r, FloatVector.broadcast(SPECIES, Elementary.P2));
      FloatVector power =
          shifted
              .reinterpretAsInts()
              .sub(Elementary.ROUND_BITS - 127)
              .lanewise(VectorOperators.LSHL, 23)
              .reinterpretAsFloats();
      FloatVector rest = power.sub(FloatVector.broadcast(SPECIES, offset));
      FloatVector fraction = p.mul(r).fma(r, r);
      power.fma(fraction, rest).intoArray(x, i);
    }
    return i;
  }
}
