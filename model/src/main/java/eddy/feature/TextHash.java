package eddy.feature;

/**
 * Hashes of texts, the same on every machine and for all time.
 *
 * <p>A text becomes {@value #BITS} bits by FNV-1a over its UTF-16 units (Fowler, Noll and Vo),
 * which a double holds exactly: two texts agree by a chance of 2^-{@value #BITS}. A sequence of
 * texts is mixed by the steps of SplitMix64 (Steele, Lea and Flood 2014), and its upper half is
 * scaled to the number of slots.
 */
public final class TextHash {
  /** Of a sequence without texts. */
  static final long START = 0x9E3779B97F4A7C15L;

  private static final int BITS = 52;
  private static final long OFFSET = 0xcbf29ce484222325L;
  private static final long PRIME = 0x100000001b3L;

  private TextHash() {}

  /** All 64 bits. */
  public static long whole(String text) {
    long hash = OFFSET;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * PRIME;
    }
    return hash;
  }

  /** A whole number from 0 to 2^{@value #BITS} - 1. */
  static double of(String text) {
    long hash = whole(text);
    return (hash >>> BITS) ^ (hash & ((1L << BITS) - 1));
  }

  /** The hash of a sequence with one more text. */
  static long extend(long hash, double text) {
    long mixed = (hash ^ (long) text) + START;
    mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }

  /** One of so many slots, as likely as any other. */
  static int slot(long hash, int slots) {
    return (int) ((hash >>> 32) * slots >>> 32);
  }
}
