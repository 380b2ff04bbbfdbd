package eddy.learn;

import eddy.cell.Cell;
import eddy.cell.CellGroup;
import eddy.cell.CellWeights;
import eddy.gradient.GradientEstimator;
import eddy.gradient.RecurrentState;
import eddy.math.Kernels;
import eddy.math.RandomStream;
import java.util.Arrays;
import java.util.List;

/**
 * Groups of cells side by side over the same input, each with its own gradient estimator.
 *
 * <p>Groups do not read each other, so each is exact where its estimator is. Holds scratch: one per
 * thread.
 */
final class RecurrentLayer {
  private final Kernels kernels;
  private final CellGroup[] groups;
  private final GradientEstimator[] estimators;
  private final int[] outputAt;
  private final int outputs;
  private final float[][] gates;
  private final float[][] next;
  private final float[][] stateAdjoint;

  RecurrentLayer(Kernels kernels, List<CellGroup> groups, List<GradientEstimator> estimators) {
    this.kernels = kernels;
    this.groups = groups.toArray(CellGroup[]::new);
    this.estimators = estimators.toArray(GradientEstimator[]::new);
    int count = groups.size();
    outputAt = new int[count];
    gates = new float[count][];
    next = new float[count][];
    stateAdjoint = new float[count][];
    int at = 0;
    for (int g = 0; g < count; g++) {
      CellGroup group = this.groups[g];
      outputAt[g] = at;
      at += group.cell().outputs();
      gates[g] = new float[group.gateLength()];
      next[g] = new float[group.stateLength()];
      stateAdjoint[g] = new float[group.stateLength()];
    }
    outputs = at;
  }

  /** Numbers that the readout sees. */
  int outputs() {
    return outputs;
  }

  int groups() {
    return groups.length;
  }

  int parameters() {
    return Arrays.stream(groups).mapToInt(CellGroup::parameters).sum();
  }

  int parameters(int group) {
    return groups[group].parameters();
  }

  CellWeights[] newWeights(RandomStream random) {
    return Arrays.stream(groups).map(g -> g.newWeights(random)).toArray(CellWeights[]::new);
  }

  void refresh(CellWeights[] weights) {
    for (int g = 0; g < groups.length; g++) {
      groups[g].refresh(weights[g]);
    }
  }

  /** State at the start of a sequence, with traces where gradients will be asked for. */
  RecurrentState[] newState(boolean traced) {
    RecurrentState[] states = new RecurrentState[groups.length];
    for (int g = 0; g < groups.length; g++) {
      int trace = traced ? estimators[g].traceLength() : 0;
      states[g] = new RecurrentState(groups[g].stateLength(), trace);
    }
    return states;
  }

  /** Makes one step without sensitivities. Modifies only states. */
  void forward(CellWeights[] weights, float[] x, RecurrentState[] states) {
    for (int g = 0; g < groups.length; g++) {
      groups[g].step(kernels, weights[g], x, states[g].state, gates[g], next[g]);
      System.arraycopy(next[g], 0, states[g].state, 0, next[g].length);
      states[g].steps++;
      restartUnlessFinite(states[g]);
    }
  }

  /** Makes one step with sensitivities. Modifies only states. */
  void advance(CellWeights[] weights, float[] x, RecurrentState[] states) {
    for (int g = 0; g < groups.length; g++) {
      estimators[g].advance(weights[g], x, states[g]);
      restartUnlessFinite(states[g]);
    }
  }

  /** A state that left the range of float would poison every later event of its key. */
  private static void restartUnlessFinite(RecurrentState recurrent) {
    for (float value : recurrent.state) {
      if (!Float.isFinite(value)) {
        recurrent.reset();
        return;
      }
    }
  }

  /** What the readout sees [outputs]. Modifies only output. */
  void output(RecurrentState[] states, float[] output) {
    for (int g = 0; g < groups.length; g++) {
      groups[g].cell().output(kernels, states[g].state, output, outputAt[g]);
    }
  }

  /**
   * Adds the gradient by the weights of every group. Modifies only gradients.
   *
   * @param output what {@link #output} gives for the states
   * @param adjoint derivative of the loss by the output [outputs]
   */
  void addGradient(
      CellWeights[] weights,
      RecurrentState[] states,
      float[] output,
      float[] adjoint,
      float[][] gradients) {
    for (int g = 0; g < groups.length; g++) {
      Cell cell = groups[g].cell();
      Arrays.fill(stateAdjoint[g], 0f);
      cell.addOutputAdjoint(output, adjoint, outputAt[g], stateAdjoint[g]);
      estimators[g].addGradient(weights[g], states[g], stateAdjoint[g], gradients[g]);
    }
  }

  /** Name of the estimators, such as {@code unit-traces}. */
  String estimator() {
    return String.join(
        "+", Arrays.stream(estimators).map(GradientEstimator::name).distinct().toList());
  }
}
