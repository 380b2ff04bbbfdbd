package eddy.compare;

import java.util.HashMap;
import java.util.Map;

/**
 * Losses of one run by key, of at most {@value #KEYS} keys: of more, those with the smallest
 * hashes.
 *
 * <p>The bound on hashes only ever falls, so a key that is kept has been kept since its first loss,
 * and the keys are a uniform sample of all: the same in every run (Cohen and Kaplan 2007).
 */
final class LossesByKey {
  /** Keys that are kept at least, where there are as many. */
  static final int KEYS = 16_384;

  private final Map<Long, Total> totals = new HashMap<>();
  private long highest = Long.MAX_VALUE; // hash that is kept
  private boolean sampled;

  /** What one key has lost. */
  static final class Total {
    private double sum;
    private long count;

    double sum() {
      return sum;
    }

    long count() {
      return count;
    }
  }

  /** Adds a loss of a key. */
  void add(String key, double loss) {
    long hash = KeyHash.of(key) >>> 1;
    if (hash > highest) {
      return;
    }
    Total total = totals.get(hash);
    if (total == null) {
      total = new Total();
      totals.put(hash, total);
      if (totals.size() == 2 * KEYS) {
        prune();
      }
    }
    total.sum += loss;
    total.count++;
  }

  private void prune() {
    long[] hashes = totals.keySet().stream().mapToLong(Long::longValue).sorted().toArray();
    highest = hashes[KEYS - 1];
    totals.keySet().removeIf(hash -> hash > highest);
    sampled = true;
  }

  /** Whether there were more keys than are kept. */
  boolean sampled() {
    return sampled;
  }

  /** Highest hash of a key that is kept. */
  long highest() {
    return highest;
  }

  /** By hash. */
  Map<Long, Total> totals() {
    return totals;
  }
}
