package eddy.gradient;

import eddy.cell.Cell;
import eddy.cell.CellGroup;
import eddy.cell.CellWeights;
import eddy.cell.Derivatives;
import eddy.math.Kernels;
import java.util.Arrays;

/**
 * The last steps of a recurrence, stored so that an adjoint can be pulled back through them.
 *
 * <p>A step is [x; h; derivatives], its input, the previous output, and the derivatives at the
 * weights of its own time; the recurrent matrix of a pull-back is the current one. A ring of
 * capacity steps inside a trace, from offset at. O(U * gates * U + I * gates * U) a step pulled
 * back.
 */
final class StepWindow {
  private final CellGroup group;
  private final Kernels kernels;
  private final int at;
  private final int capacity;
  private final int stepLength;
  private final Derivatives shape;
  private final int planes;
  private final int units;
  private final int gates;
  private final float[] gateAdjoints;
  private final float[] before;

  StepWindow(CellGroup group, Kernels kernels, int at, int capacity) {
    Cell cell = group.cell();
    this.group = group;
    this.kernels = kernels;
    this.at = at;
    this.capacity = capacity;
    shape = new Derivatives(cell);
    planes = cell.shape().planes();
    units = group.units();
    gates = cell.shape().gates();
    stepLength = stepLength(group);
    gateAdjoints = new float[group.gateLength()];
    before = new float[group.stateLength()];
  }

  /** Multiply-adds of pulling one adjoint back through one step, its weight gradient included. */
  static long macsPerStep(CellGroup group) {
    return (long) group.units() * group.recurrentColumns()
        + group.parameters()
        + Derivatives.length(group.cell());
  }

  /** Floats that one step takes. */
  static int stepLength(CellGroup group) {
    return group.inputs() + group.units() + Derivatives.length(group.cell());
  }

  /** Stores the step that led from state to step.next as number steps. Modifies only trace. */
  void store(long steps, CellStep step, float[] x, float[] state, float[] trace) {
    int slot = slot(steps);
    System.arraycopy(x, 0, trace, slot, group.inputs());
    System.arraycopy(state, 0, trace, slot + group.inputs(), units);
    step.derivatives.copyTo(trace, slot + group.inputs() + units);
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
      pullBackStep(weights, trace, slot(step), adjoint, gradient, gradientAt);
    }
  }

  private int slot(long step) {
    return at + (int) (step % capacity) * stepLength;
  }

  private void pullBackStep(
      CellWeights weights,
      float[] trace,
      int slot,
      float[] adjoint,
      float[] gradient,
      int gradientAt) {
    int byGate = slot + group.inputs() + units;
    int byState = byGate + shape.byGate.length;
    int byOwn = byState + shape.byState.length;
    int gateLength = gates * units;
    int ownLength = group.ownLength();
    Arrays.fill(gateAdjoints, 0f);
    Arrays.fill(before, 0f);
    for (int r = 0; r < planes; r++) {
      int plane = r * units;
      for (int g = 0; g < gates; g++) {
        kernels.addElementwise(
            trace,
            byGate + r * gateLength + g * units,
            adjoint,
            plane,
            gateAdjoints,
            g * units,
            units);
      }
      for (int q = 0; q < planes; q++) {
        kernels.addElementwise(
            trace, byState + (r * planes + q) * units, adjoint, plane, before, q * units, units);
      }
      for (int w = 0; w < ownLength; w += units) {
        kernels.addElementwise(
            trace, byOwn + r * ownLength + w, adjoint, plane, gradient, gradientAt + w, units);
      }
    }
    group.addWeightGradient(
        kernels, trace, slot, trace, slot + group.inputs(), gateAdjoints, 0, gradient, gradientAt);
    group.addRecurrentAdjoint(kernels, weights, gateAdjoints, 0, before, 0);
    System.arraycopy(before, 0, adjoint, 0, before.length);
  }
}
