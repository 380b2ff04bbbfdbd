package eddy.gradient;

import eddy.cell.CellGroup;
import eddy.cell.CellWeights;
import eddy.cell.Derivatives;
import eddy.math.Kernels;

/** One step of a cell group with its derivatives, into scratch that every estimator shares. */
final class CellStep {
  final CellGroup group;
  final Kernels kernels;
  final Derivatives derivatives;

  /** The state after the step [S]. */
  final float[] next;

  private final float[] gates;

  CellStep(CellGroup group, Kernels kernels) {
    this.group = group;
    this.kernels = kernels;
    derivatives = new Derivatives(group.cell());
    next = new float[group.stateLength()];
    gates = new float[group.gateLength()];
  }

  /** Computes next and derivatives; state stays as it is. */
  void make(CellWeights weights, float[] x, float[] state) {
    group.step(kernels, weights, x, state, gates, next);
    group.cell().differentiate(gates, weights.values, weights.derived, state, next, derivatives);
  }
}
