package eddy.network;

import eddy.cell.CellWeights;
import eddy.cell.InputRows;
import eddy.cell.NamedWeights;
import eddy.cell.Recurrence;
import eddy.gradient.GradientEstimator;
import eddy.gradient.RecurrentState;
import eddy.math.Alignment;
import eddy.math.Kernels;
import eddy.math.RandomStream;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Recurrences side by side over the same input, each with its own gradient estimator.
 *
 * <p>They do not read each other, so each is exact where its estimator is. Holds scratch: one per
 * thread.
 */
public final class RecurrentLayer implements Network {
  private final Kernels kernels;
  private final Recurrence[] recurrences;
  private final GradientEstimator[] estimators;
  private final int[] outputAt;
  private final int outputs;
  private final float[][] next;
  private final float[][] stateAdjoint;

  /** Whether outputs are sums over the steps of a sequence, to be shown as means. */
  private final boolean mean;

  /** Recurrences with an estimator each. */
  public RecurrentLayer(
      Kernels kernels, List<Recurrence> recurrences, List<GradientEstimator> estimators) {
    this(kernels, recurrences, estimators, false);
  }

  /**
   * The same.
   *
   * @param mean whether the recurrences are {@link Recurrence#summed}: then the readout sees their
   *     outputs divided by the number of steps
   */
  public RecurrentLayer(
      Kernels kernels,
      List<Recurrence> recurrences,
      List<GradientEstimator> estimators,
      boolean mean) {
    this.kernels = kernels;
    this.mean = mean;
    this.recurrences = recurrences.toArray(Recurrence[]::new);
    this.estimators = estimators.toArray(GradientEstimator[]::new);
    int count = recurrences.size();
    outputAt = new int[count];
    next = new float[count][];
    stateAdjoint = new float[count][];
    int at = 0;
    for (int g = 0; g < count; g++) {
      Recurrence recurrence = this.recurrences[g];
      outputAt[g] = at;
      at += recurrence.outputs();
      next[g] = new float[recurrence.stateLength()];
      stateAdjoint[g] = new float[recurrence.stateLength()];
    }
    outputs = at;
  }

  @Override
  public int outputs() {
    return outputs;
  }

  @Override
  public int blocks() {
    return recurrences.length;
  }

  @Override
  public int parameters(int block) {
    return recurrences[block].parameters();
  }

  @Override
  public List<NamedWeights> named(int block) {
    String prefix = recurrences.length == 1 ? "" : "cells" + block + ".";
    return recurrences[block].named(0).stream().map(weights -> weights.under(prefix)).toList();
  }

  @Override
  public Alignment align(int block, Alignment inputs, float share) {
    return InputRows.align(recurrences[block].inputRows(), parameters(block), inputs, share);
  }

  @Override
  public CellWeights[] newWeights(RandomStream random) {
    return Arrays.stream(recurrences).map(g -> g.newWeights(random)).toArray(CellWeights[]::new);
  }

  @Override
  public CellWeights[] newWeights(RandomStream random, double inputPower) {
    return Arrays.stream(recurrences)
        .map(g -> g.newWeights(random, inputPower))
        .toArray(CellWeights[]::new);
  }

  @Override
  public void refresh(CellWeights[] weights) {
    for (int g = 0; g < recurrences.length; g++) {
      recurrences[g].refresh(kernels, weights[g]);
    }
  }

  @Override
  public RecurrentState[] newState(boolean traced) {
    RecurrentState[] states = new RecurrentState[recurrences.length];
    for (int g = 0; g < recurrences.length; g++) {
      int stateLength = recurrences[g].stateLength();
      GradientEstimator estimator = estimators[g];
      states[g] =
          traced
              ? new RecurrentState(stateLength, estimator.traceLength(), estimator.parts())
              : new RecurrentState(stateLength, 0);
    }
    return states;
  }

  @Override
  public void forward(CellWeights[] weights, float[] x, float dt, RecurrentState[] states) {
    for (int g = 0; g < recurrences.length; g++) {
      recurrences[g].step(kernels, weights[g], x, dt, states[g].state, next[g]);
      System.arraycopy(next[g], 0, states[g].state, 0, next[g].length);
      states[g].steps++;
      restartUnlessFinite(states[g]);
    }
  }

  @Override
  public void advance(CellWeights[] weights, float[] x, float dt, RecurrentState[] states) {
    for (int g = 0; g < recurrences.length; g++) {
      estimators[g].advance(weights[g], x, dt, states[g]);
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

  @Override
  public void output(CellWeights[] weights, RecurrentState[] states, int lane, float[] output) {
    for (int g = 0; g < recurrences.length; g++) {
      recurrences[g].output(kernels, states[g].state, output, outputAt[g]);
      if (mean) {
        scale(output, outputAt[g], recurrences[g].outputs(), states[g]);
      }
    }
  }

  /** Makes means of sums, or the adjoint of sums of that of means. */
  private static void scale(float[] values, int at, int length, RecurrentState recurrent) {
    float share = 1f / Math.max(1, recurrent.steps);
    for (int i = at; i < at + length; i++) {
      values[i] *= share;
    }
  }

  @Override
  public void addGradient(
      CellWeights[] weights,
      RecurrentState[] states,
      int lane,
      float[] output,
      float[] adjoint,
      float[][] gradients) {
    for (int g = 0; g < recurrences.length; g++) {
      Arrays.fill(stateAdjoint[g], 0f);
      recurrences[g].addOutputAdjoint(
          kernels, states[g].state, output, adjoint, outputAt[g], stateAdjoint[g]);
      if (mean) {
        scale(stateAdjoint[g], 0, stateAdjoint[g].length, states[g]);
      }
      estimators[g].addGradient(weights[g], states[g], stateAdjoint[g], gradients[g]);
    }
  }

  @Override
  public String estimator() {
    return joined(GradientEstimator::name);
  }

  @Override
  public String fallbackEstimator() {
    return joined(GradientEstimator::fallbackName);
  }

  private String joined(Function<GradientEstimator, String> name) {
    return Arrays.stream(estimators).map(name).distinct().collect(Collectors.joining("+"));
  }

  @Override
  public boolean fallenBack(RecurrentState[] states) {
    boolean fallen = false;
    for (int g = 0; g < states.length; g++) {
      fallen |= estimators[g].fallenBack(states[g]);
    }
    return fallen;
  }

  @Override
  public long drops() {
    long drops = 0;
    for (GradientEstimator estimator : estimators) {
      drops += estimator.drops();
    }
    return drops;
  }
}
