package eddy.gradient;

import eddy.cell.CellWeights;
import eddy.cell.Recurrence;
import eddy.math.Kernels;

/** A window of any recurrence, by its tapes: one adjoint and one step at a time. */
final class TapeWindow implements StepWindow {
  private final Recurrence recurrence;
  private final Kernels kernels;
  private final int at;
  private final int capacity;
  private final float[] adjoint;

  TapeWindow(Recurrence recurrence, Kernels kernels, int at, int capacity) {
    this.recurrence = recurrence;
    this.kernels = kernels;
    this.at = at;
    this.capacity = capacity;
    adjoint = new float[recurrence.stateLength()];
  }

  @Override
  public void record(
      CellWeights weights, float[] x, float dt, RecurrentState recurrent, float[] next) {
    recurrence.record(
        kernels, weights, x, dt, recurrent.state, next, recurrent.trace, slot(recurrent.steps));
  }

  @Override
  public void pullBack(
      CellWeights weights,
      float[] trace,
      long newest,
      int count,
      int rows,
      float[] adjoints,
      float[] gradients,
      int gradientAt,
      int gradientStride) {
    for (int row = 0; row < rows; row++) {
      System.arraycopy(adjoints, row * adjoint.length, adjoint, 0, adjoint.length);
      int to = gradientAt + row * gradientStride;
      for (long step = newest; step > newest - count; step--) {
        recurrence.pullBack(kernels, weights, trace, slot(step), adjoint, null, gradients, to);
      }
      System.arraycopy(adjoint, 0, adjoints, row * adjoint.length, adjoint.length);
    }
  }

  private int slot(long step) {
    return at + (int) (step % capacity) * recurrence.tapeLength();
  }
}
