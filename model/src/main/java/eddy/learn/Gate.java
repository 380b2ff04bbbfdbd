package eddy.learn;

import eddy.math.Alignment;

/**
 * Publishes the baseline of a target until the model has beaten it, and again when the model has
 * become worse.
 *
 * <p>Compared are the mean squared errors of both, or their shares of wrong classes, over the last
 * labels: all of them while they are few, then fading by the window. The gate opens where the
 * model's is smaller, not before an eighth of the window; it closes where the model's root is a
 * quarter above the baseline's. A label without a baseline says nothing. Memory: labels counted,
 * error of the model, of the baseline, and 1 where the gate is open.
 */
final class Gate {
  static final int MEMORY = 4;

  private static final int COUNT = 0;
  private static final int MODEL = 1;
  private static final int BASELINE = 2;
  private static final int OPEN = 3;

  /** Part of the window that must have been seen before the gate opens. */
  private static final int EIGHTH = 8;

  /** By how much the model's error, no root taken, may exceed the baseline's. */
  private static final double SQUARES = 1.5625;

  private static final double CLASSES = 1.25;

  private final int window;
  private final double least;

  /**
   * A gate for all targets.
   *
   * @param window labels; 0 for a gate that is always open
   */
  Gate(int window) {
    this.window = window;
    least = (window + EIGHTH - 1) / EIGHTH;
  }

  /**
   * Puts the baseline in the model's place where the gate is closed. Modifies only out.
   *
   * @return whether it did
   */
  boolean publish(double[] memory, Outcome.Prediction out) {
    boolean closed = window > 0 && memory[OPEN] == 0;
    if (!closed || out.source == Outcome.Source.BASELINE || !hasBaseline(out)) {
      return false;
    }
    putBaseline(out);
    if (isClass(out)) {
      out.probability = out.distribution[(int) out.baseline];
    }
    return true;
  }

  /** Says of a prediction that its baseline was published. Modifies only out. */
  static void putBaseline(Outcome.Prediction out) {
    out.value = out.baseline;
    out.source = Outcome.Source.BASELINE;
  }

  /** Takes in a label. Modifies only memory. */
  void score(double[] memory, double label, Outcome.Prediction scored) {
    if (window == 0 || !hasBaseline(scored)) {
      return;
    }
    double model = error(scored.model, label, scored);
    if (!Double.isFinite(model)) {
      // begins anew: a mean would never be finite again
      memory[COUNT] = 0;
      memory[OPEN] = 0;
      return;
    }
    memory[COUNT] = Math.min(memory[COUNT] + 1, window);
    double baseline = error(scored.baseline, label, scored);
    memory[MODEL] += (model - memory[MODEL]) / memory[COUNT];
    memory[BASELINE] += (baseline - memory[BASELINE]) / memory[COUNT];
    double bound = memory[BASELINE] * (isClass(scored) ? CLASSES : SQUARES);
    if (memory[COUNT] >= least && memory[MODEL] < memory[BASELINE]) {
      memory[OPEN] = 1;
    } else if (memory[MODEL] > bound) {
      memory[OPEN] = 0;
    }
  }

  /**
   * Takes in how model and baseline do elsewhere; the gate stands as where most of the errors come
   * from. Modifies only memory.
   */
  static void merge(double[] memory, double[] foreign, double share) {
    double part = Alignment.part(memory[COUNT], foreign[COUNT], share);
    memory[COUNT] = Math.max(memory[COUNT], foreign[COUNT]);
    memory[MODEL] = Alignment.mix(memory[MODEL], foreign[MODEL], part);
    memory[BASELINE] = Alignment.mix(memory[BASELINE], foreign[BASELINE], part);
    memory[OPEN] = part > 0.5 ? foreign[OPEN] : memory[OPEN];
  }

  private static double error(double value, double label, Outcome.Prediction scored) {
    double distance = value - label;
    return isClass(scored) ? (distance == 0 ? 0 : 1) : distance * distance;
  }

  private static boolean hasBaseline(Outcome.Prediction prediction) {
    return isClass(prediction) ? prediction.baseline >= 0 : Double.isFinite(prediction.baseline);
  }

  private static boolean isClass(Outcome.Prediction prediction) {
    return prediction.distribution.length > 0;
  }
}
