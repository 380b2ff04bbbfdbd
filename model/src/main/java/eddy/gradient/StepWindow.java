package eddy.gradient;

import eddy.cell.CellGroup;
import eddy.cell.CellWeights;
import eddy.cell.Recurrence;
import eddy.math.Kernels;

/**
 * The last steps of a recurrence, stored so that adjoints can be pulled back through them.
 *
 * <p>A ring of steps inside a trace. What a step remembers is that of its own time, the linear part
 * of a pull-back is the current weights'. Holds scratch: one per thread.
 */
interface StepWindow {
  /** Floats of a cache line: what is streamed starts with one. */
  int LINE = 16;

  /** Array data starts 16 bytes into the object, so this many floats later a cache line does. */
  int ALIGNED = 12;

  /**
   * A window inside a trace, from offset at.
   *
   * @param capacity steps that are stored
   * @param rows adjoints that are pulled back at once, at most
   * @param steps steps that they are pulled through at once, at most
   */
  static StepWindow of(
      Recurrence recurrence, Kernels kernels, int at, int capacity, int rows, int steps) {
    return recurrence instanceof CellGroup group
        ? new AffineWindow(group, kernels, at, capacity, rows, steps)
        : new TapeWindow(recurrence, kernels, at, capacity);
  }

  /** Floats that a step takes. */
  static int stepLength(Recurrence recurrence) {
    return recurrence instanceof CellGroup group
        ? AffineWindow.stepLength(group)
        : recurrence.tapeLength();
  }

  /** The next multiple of a cache line. */
  static long wholeLines(long length) {
    return (length + LINE - 1) / LINE * LINE;
  }

  /** Makes the next step and stores it in the trace. Modifies next and recurrent.trace. */
  void record(CellWeights weights, float[] x, float dt, RecurrentState recurrent, float[] next);

  /**
   * Pulls adjoints of the state after step number {@code newest} back through it and the count - 1
   * steps before it.
   *
   * @param adjoints [rows][S], replaced by the adjoints of the state before the oldest step
   * @param gradients each row receives the weight gradient of these steps [P]
   * @param gradientStride distance of two rows of gradients
   */
  void pullBack(
      CellWeights weights,
      float[] trace,
      long newest,
      int count,
      int rows,
      float[] adjoints,
      float[] gradients,
      int gradientAt,
      int gradientStride);
}
