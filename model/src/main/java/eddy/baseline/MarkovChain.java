package eddy.baseline;

import java.util.Arrays;

/**
 * Counts of classes after the newest 0 to 3 classes of their key, and the probabilities they give:
 * each order backs off to the one below by the number of distinct classes that it has seen (Witten
 * and Bell 1991, method C), order 0 to equal shares of all slots.
 *
 * <p>p_k(c) = (n(context, c) + t(context) p_{k-1}(c)) / (n(context) + t(context)), with n counts
 * and t distinct classes. Beginnings of sequences are a class of their own in contexts. Bounded:
 * pairs of a context and a class beyond the most are not taken in, and back off. For one thread.
 */
final class MarkovChain {
  /** Longest context. */
  static final int HIGHEST = 3;

  /** The context before the first class of a sequence. */
  static final long START = 0;

  private static final int CLASS_BITS = 17; // a slot and 1, of at most 65,536 slots
  private static final int MOST_PAIRS = 1 << 18;
  private static final int FIRST_LENGTH = 64;

  private final int order;
  private final int slots;
  private final int mostPairs;
  private long[] keys = new long[FIRST_LENGTH]; // 0 is free: a context has the mark of its order
  private Row[] rows = new Row[FIRST_LENGTH];
  private int contexts;
  private int pairs;

  /** Counts after one context. */
  private static final class Row {
    private int[] classes = new int[1];
    private int[] counts = new int[1];
    private int distinct;
    private long total;

    private int index(int slot) {
      for (int i = 0; i < distinct; i++) {
        if (classes[i] == slot) {
          return i;
        }
      }
      return -1;
    }

    private void add(int slot) {
      if (distinct == classes.length) {
        classes = Arrays.copyOf(classes, 2 * distinct);
        counts = Arrays.copyOf(counts, 2 * distinct);
      }
      classes[distinct++] = slot;
    }
  }

  MarkovChain(int order, int slots) {
    this(order, slots, MOST_PAIRS);
  }

  MarkovChain(int order, int slots, int mostPairs) {
    if (order < 0 || order > HIGHEST) {
      throw new IllegalArgumentException(
          "the order of a Markov chain must be between 0 and " + HIGHEST + " but was " + order);
    }
    this.order = order;
    this.slots = slots;
    this.mostPairs = mostPairs;
  }

  /** The context after one more class. */
  static long follow(long context, int slot) {
    return ((context << CLASS_BITS) | (slot + 1)) & mask(HIGHEST);
  }

  private static long mask(int length) {
    return (1L << (length * CLASS_BITS)) - 1;
  }

  /** A context of so many classes, told from those of other lengths. */
  private static long key(long context, int length) {
    return (context & mask(length)) | (length + 1L) << (HIGHEST * CLASS_BITS);
  }

  /**
   * Equal shares of all slots: what order 0 backs off to.
   *
   * @param p takes the probability of every assigned slot, then that of each one beyond
   */
  void start(int assigned, double[] p) {
    Arrays.fill(p, 0, assigned + 1, 1.0 / slots);
  }

  /**
   * Refines the probabilities of the order below. Modifies only p.
   *
   * @param length of the context: the order
   * @param p as {@link #start} has it
   */
  void refine(long context, int length, int assigned, double[] p) {
    Row row = rows[find(key(context, length))];
    if (row == null) {
      return;
    }
    double all = row.total + row.distinct;
    double share = row.distinct / all;
    for (int i = 0; i <= assigned; i++) {
      p[i] *= share;
    }
    for (int i = 0; i < row.distinct; i++) {
      p[row.classes[i]] += row.counts[i] / all;
    }
  }

  /** Counts a class after a context, in all orders. Modifies only this. */
  void learn(long context, int slot) {
    for (int length = 0; length <= order; length++) {
      count(key(context, length), slot);
    }
  }

  private void count(long key, int slot) {
    int at = find(key);
    int index = rows[at] == null ? -1 : rows[at].index(slot);
    if (index < 0) {
      if (pairs == mostPairs) {
        return;
      }
      pairs++;
      at = rows[at] == null ? insert(key, at) : at;
      index = rows[at].distinct;
      rows[at].add(slot);
    }
    rows[at].counts[index]++;
    rows[at].total++;
  }

  private int insert(long key, int free) {
    int at = free;
    if (2 * ++contexts > keys.length) {
      grow();
      at = find(key);
    }
    keys[at] = key;
    rows[at] = new Row();
    return at;
  }

  private void grow() {
    long[] oldKeys = keys;
    Row[] oldRows = rows;
    keys = new long[2 * oldKeys.length];
    rows = new Row[keys.length];
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldRows[i] != null) {
        int at = find(oldKeys[i]);
        keys[at] = oldKeys[i];
        rows[at] = oldRows[i];
      }
    }
  }

  /** Where a context is, or is to be. */
  private int find(long key) {
    int mask = keys.length - 1;
    long mixed = key * 0x9e3779b97f4a7c15L;
    int at = (int) (mixed >>> 40) & mask;
    while (rows[at] != null && keys[at] != key) {
      at = (at + 1) & mask;
    }
    return at;
  }
}
