package eddy.learn;

import eddy.feature.Event;
import eddy.math.Alignment;

/**
 * The time since a key's newest event in units of the mean gap so far, for cells that decay by
 * time.
 *
 * <p>1 at the start of a sequence and before there is a gap to compare with, 0 for an event that is
 * not later than all before it, at most {@value #LONGEST}. Memory: gaps counted, at most a window
 * of them, and their mean in milliseconds.
 */
final class ElapsedTime {
  static final int MEMORY = 2;

  private static final float LONGEST = 1000f;
  private static final double WINDOW = 10_000;

  private ElapsedTime() {}

  static float of(Event event, KeyState key, Weights weights) {
    double mean = weights.gaps[1];
    if (key.events == key.started || !(mean > 0)) {
      return 1f;
    }
    return (float) Math.min(LONGEST, gap(event, key) / mean);
  }

  /**
   * Takes in the gap before an event, of which the key does not know yet. Modifies only weights.
   */
  static void absorb(Event event, KeyState key, Weights weights) {
    if (key.events > key.started) {
      double count = Math.min(weights.gaps[0] + 1, WINDOW);
      weights.gaps[0] = count;
      weights.gaps[1] += (gap(event, key) - weights.gaps[1]) / count;
    }
  }

  /** Makes an event the key's newest, unless it is earlier. Modifies only key. */
  static void remember(Event event, KeyState key) {
    key.timestamp = key.events == 0 ? event.timestamp : Math.max(key.timestamp, event.timestamp);
  }

  /** Takes in the gaps of foreign keys. Modifies only gaps. */
  static void merge(double[] gaps, double[] foreign, double share) {
    double part = Alignment.part(gaps[0], foreign[0], share);
    gaps[0] = Math.max(gaps[0], foreign[0]);
    gaps[1] = Alignment.mix(gaps[1], foreign[1], part);
  }

  private static double gap(Event event, KeyState key) {
    return Math.max(0.0, (double) event.timestamp - key.timestamp);
  }
}
