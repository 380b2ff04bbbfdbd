package eddy.compare;

/** A 64-bit hash of keys that has nothing to do with the one that spreads them over partitions. */
public final class KeyHash {
  private static final long OFFSET = 0xCBF29CE484222325L;
  private static final long PRIME = 0x100000001B3L;

  private KeyHash() {}

  /** Hash of a key: FNV-1a over its UTF-16 units, mixed. The same on every machine. */
  public static long of(String key) {
    long hash = OFFSET;
    for (int i = 0; i < key.length(); i++) {
      hash = (hash ^ key.charAt(i)) * PRIME;
    }
    return mix(hash);
  }

  /** A number whose bits all depend on all bits (SplitMix64; Steele, Lea and Flood 2014). */
  static long mix(long value) {
    long z = value + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
