package eddy.gradient;

import eddy.cell.CellWeights;
import eddy.cell.Recurrence;
import eddy.math.Kernels;

/**
 * The last steps of a recurrence, stored so that an adjoint can be pulled back through them.
 *
 * <p>A ring of tapes inside a trace, from offset at: what a step remembers is that of its own time,
 * the linear part of a pull-back is the current weights'.
 */
final class StepWindow {
  private final Recurrence recurrence;
  private final Kernels kernels;
  private final int at;
  private final int capacity;
  private final int tapeLength;

  StepWindow(Recurrence recurrence, Kernels kernels, int at, int capacity) {
    this.recurrence = recurrence;
    this.kernels = kernels;
    this.at = at;
    this.capacity = capacity;
    tapeLength = recurrence.tapeLength();
  }

  /** Makes the next step and stores it in the trace. Modifies next and recurrent.trace. */
  void record(CellWeights weights, float[] x, float dt, RecurrentState recurrent, float[] next) {
    recurrence.record(
        kernels, weights, x, dt, recurrent.state, next, recurrent.trace, slot(recurrent.steps));
  }

  /**
   * Pulls an adjoint of the state after step number {@code newest} back through it and the count -
   * 1 steps before it.
   *
   * @param adjoint [S], replaced by the adjoint of the state before the oldest of these steps
   * @param gradient receives the weight gradient of these steps [P] from gradientAt
   */
  void pullBack(
      CellWeights weights,
      float[] trace,
      long newest,
      int count,
      float[] adjoint,
      float[] gradient,
      int gradientAt) {
    for (long step = newest; step > newest - count; step--) {
      recurrence.pullBack(kernels, weights, trace, slot(step), adjoint, null, gradient, gradientAt);
    }
  }

  private int slot(long step) {
    return at + (int) (step % capacity) * tapeLength;
  }
}
