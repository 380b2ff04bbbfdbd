package eddy.math;

/**
 * A seeded stream of random numbers whose values are fixed for all time and all machines
 * (SplitMix64; Steele, Lea and Flood 2014).
 */
public final class RandomStream {
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;
  private long state;

  public RandomStream(long seed) {
    state = seed;
  }

  /** The first double of a seed's stream, without a stream. */
  public static double first(long seed) {
    return (mixed(seed + GOLDEN_GAMMA) >>> 11) * 0x1p-53;
  }

  public long nextLong() {
    state += GOLDEN_GAMMA;
    return mixed(state);
  }

  private static long mixed(long counter) {
    long z = counter;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** Uniform in [0, 1), 53 bits. */
  public double nextDouble() {
    return (nextLong() >>> 11) * 0x1p-53;
  }

  /** Uniform in [low, high). */
  public double uniform(double low, double high) {
    return low + (high - low) * nextDouble();
  }

  /** Normal with mean 0 and variance 1, by Box and Muller's transform. */
  public double nextGaussian() {
    double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - nextDouble()));
    return radius * StrictMath.cos(2 * Math.PI * nextDouble());
  }
}
