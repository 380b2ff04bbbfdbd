package eddy.benchmark.vector;

import eddy.benchmark.Peak;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The fused multiply-adds that one core can do, by a loop that touches nothing but registers.
 *
 * <p>Ten chains hide the latency of one operation on cores that start two in each cycle, and with
 * their two constants fit the 16 registers of AVX2.
 */
public final class FmaPeak implements Peak {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int CHAINS = 10;

  @Override
  public long operations(int rounds) {
    return 2L * CHAINS * SPECIES.length() * rounds;
  }

  @Override
  public float run(int rounds) {
    // s <- s / 2 + 1 goes to 2: neither overflow nor denormal numbers
    FloatVector half = FloatVector.broadcast(SPECIES, 0.5f);
    FloatVector one = FloatVector.broadcast(SPECIES, 1f);
    FloatVector s0 = FloatVector.broadcast(SPECIES, 0.1f);
    FloatVector s1 = FloatVector.broadcast(SPECIES, 0.2f);
    FloatVector s2 = FloatVector.broadcast(SPECIES, 0.3f);
    FloatVector s3 = FloatVector.broadcast(SPECIES, 0.4f);
    FloatVector s4 = FloatVector.broadcast(SPECIES, 0.5f);
    FloatVector s5 = FloatVector.broadcast(SPECIES, 0.6f);
    FloatVector s6 = FloatVector.broadcast(SPECIES, 0.7f);
    FloatVector s7 = FloatVector.broadcast(SPECIES, 0.8f);
    FloatVector s8 = FloatVector.broadcast(SPECIES, 0.9f);
    FloatVector s9 = FloatVector.broadcast(SPECIES, 1.1f);
    for (int i = 0; i < rounds; i++) {
      s0 = s0.fma(half, one);
      s1 = s1.fma(half, one);
      s2 = s2.fma(half, one);
      s3 = s3.fma(half, one);
      s4 = s4.fma(half, one);
      s5 = s5.fma(half, one);
      s6 = s6.fma(half, one);
      s7 = s7.fma(half, one);
      s8 = s8.fma(half, one);
      s9 = s9.fma(half, one);
    }
    FloatVector left = s0.add(s1).add(s2).add(s3).add(s4);
    FloatVector right = s5.add(s6).add(s7).add(s8).add(s9);
    return left.add(right).reduceLanes(VectorOperators.ADD);
  }
}
