package eddy.gradient;

import eddy.math.Kernels;

/**
 * The bound on what is carried of ds/dw.
 *
 * <p>Beyond 1e6 a change of a weight by one unit in its last place moves a bounded state by a tenth
 * of its range: the derivative tells nothing about a step of learning any more. What has left the
 * bound, or the range of float, is dropped; the recurrence goes on learning from its window, and
 * carries again some blocks later, or from the next start of a sequence.
 */
final class SensitivityGuard {
  /** Largest norm. */
  static final float BOUND = 1e6f;

  /** Blocks until a dropped carry begins anew. */
  static final int PAUSE = 4;

  private SensitivityGuard() {}

  /** Whether all sensitivities are finite and their norm is within the bound. */
  static boolean holds(Kernels kernels, float[] sensitivities, int at, int length) {
    return kernels.squares(sensitivities, at, length) <= BOUND * BOUND;
  }
}
