package eddy.learn;

import java.util.Map;
import java.util.TreeMap;

/**
 * Whose updates a partition's weights stand for: its own newest ones, and those that were last
 * taken in from each other partition.
 *
 * <p>Weights that stand for n updates move toward foreign ones that bring m by m / (n + m). What a
 * partition brought before is not counted again, so that several who bring equal numbers, in
 * whatever order, each have an equal part.
 */
final class Contributions {
  /** Own updates, at most so many as are published together. */
  long own;

  /** Own updates since the last publication. */
  long unpublished;

  /** By partition, those last merged. */
  final Map<Integer, Long> foreign = new TreeMap<>();

  /** Forgets whose they are. */
  void clear() {
    own = 0;
    unpublished = 0;
    foreign.clear();
  }

  /**
   * Takes note of one update of the weights.
   *
   * @param every updates between two publications
   */
  void update(int every) {
    own = Math.min(own + 1, every);
    unpublished++;
  }

  /** How far the weights move toward those of a partition that brings so many updates. */
  float share(int partition, long updates) {
    long others = own;
    for (Map.Entry<Integer, Long> each : foreign.entrySet()) {
      others += each.getKey() == partition ? 0 : each.getValue();
    }
    return (float) ((double) updates / (others + updates));
  }
}
