package eddy.math.vector;

import eddy.math.Elementary;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** The functions of {@link Elementary} on vectors, operation by operation the same. */
final class VectorElementary {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

  private VectorElementary() {}

  static FloatVector sigmoid(FloatVector x) {
    return broadcast(1f).div(exp(x.neg()).add(1f));
  }

  static FloatVector exp(FloatVector x) {
    FloatVector bounded = clamp(x, Elementary.EXP_BOUND);
    FloatVector shifted = bounded.fma(broadcast(Elementary.LOG2_E), broadcast(Elementary.ROUND));
    FloatVector power = power(shifted);
    return power.fma(fraction(bounded, shifted), power);
  }

  static FloatVector tanh(FloatVector x) {
    FloatVector doubled = clamp(x, Elementary.TANH_BOUND).mul(2f);
    FloatVector shifted = doubled.fma(broadcast(Elementary.LOG2_E), broadcast(Elementary.ROUND));
    FloatVector power = power(shifted);
    FloatVector e = power.fma(fraction(doubled, shifted), power.sub(1f));
    return e.div(e.add(2f));
  }

  private static FloatVector broadcast(float value) {
    return FloatVector.broadcast(SPECIES, value);
  }

  // compare and blend: min and max cost several times an arithmetic operation
  private static FloatVector clamp(FloatVector x, float bound) {
    FloatVector low = x.blend(-bound, x.compare(VectorOperators.LT, -bound));
    return low.blend(bound, low.compare(VectorOperators.GT, bound));
  }

  private static FloatVector power(FloatVector shifted) {
    IntVector bits = shifted.reinterpretAsInts().sub(Elementary.ROUND_BITS - 127);
    return bits.lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
  }

  private static FloatVector fraction(FloatVector x, FloatVector shifted) {
    FloatVector n = shifted.sub(Elementary.ROUND);
    FloatVector r = n.fma(broadcast(-Elementary.LN2_HIGH), x);
    r = n.fma(broadcast(-Elementary.LN2_LOW), r);
    FloatVector p = broadcast(Elementary.P7).fma(r, broadcast(Elementary.P6));
    p = p.fma(r, broadcast(Elementary.P5));
    p = p.fma(r, broadcast(Elementary.P4));
    p = p.fma(r, broadcast(Elementary.P3));
    p = p.fma(r, broadcast(Elementary.P2));
    return p.mul(r).fma(r, r);
  }
}
