package eddy.cell;

import eddy.math.Kernels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One layer of a {@link Stack}: recurrences side by side, where they lie in the stack's arrays, and
 * scratch for a step of theirs.
 *
 * <p>A part's tape is [tape of the recurrence; its state after the step], since what a layer shows
 * depends on that.
 */
final class StackedLayer {
  /** What the layer shows, or showed at the step that is pulled back. */
  final float[] shown;

  /** Adjoint of what it showed. */
  final float[] shownAdjoint;

  /** One past the layer's end in the stack's states, weights, tapes and parts. */
  final int stateEnd;

  final int weightsEnd;
  final int tapeEnd;
  final int partsEnd;

  private final Recurrence[] parts;
  private final int firstPart;
  private final int[] stateAt;
  private final int[] weightsAt;
  private final int[] tapeAt;
  private final int[] shownAt;
  private final float[][] state;
  private final float[][] next;

  /**
   * A layer.
   *
   * @param below the layer below it, null for the lowest
   */
  StackedLayer(List<Recurrence> layer, StackedLayer below) {
    parts = layer.toArray(Recurrence[]::new);
    int count = parts.length;
    stateAt = new int[count];
    weightsAt = new int[count];
    tapeAt = new int[count];
    shownAt = new int[count];
    state = new float[count][];
    next = new float[count][];
    firstPart = below == null ? 0 : below.partsEnd;
    int states = below == null ? 0 : below.stateEnd;
    int weights = below == null ? 0 : below.weightsEnd;
    int tapes = below == null ? 0 : below.tapeEnd;
    int width = 0;
    for (int i = 0; i < count; i++) {
      stateAt[i] = states;
      weightsAt[i] = weights;
      tapeAt[i] = tapes;
      shownAt[i] = width;
      state[i] = new float[parts[i].stateLength()];
      next[i] = new float[parts[i].stateLength()];
      states += parts[i].stateLength();
      weights += parts[i].parameters();
      tapes += parts[i].tapeLength() + parts[i].stateLength();
      width += parts[i].outputs();
    }
    stateEnd = states;
    weightsEnd = weights;
    tapeEnd = tapes;
    partsEnd = firstPart + count;
    shown = new float[width];
    shownAdjoint = new float[width];
  }

  int inputs() {
    return parts[0].inputs();
  }

  /** All its weights by names, of several recurrences side by side each with its number. */
  List<NamedWeights> named(int layer) {
    List<NamedWeights> all = new ArrayList<>();
    for (int i = 0; i < parts.length; i++) {
      int at = weightsAt[i];
      String prefix = parts.length == 1 ? "" : "cells" + i + ".";
      parts[i].named(layer).forEach(own -> all.add(own.after(at, prefix)));
    }
    return all;
  }

  /** Where the weights of its inputs stand in the stack's. */
  List<InputRows> inputRows() {
    List<InputRows> rows = new ArrayList<>();
    for (int i = 0; i < parts.length; i++) {
      int at = weightsAt[i];
      parts[i].inputRows().forEach(own -> rows.add(own.after(at)));
    }
    return rows;
  }

  List<Recurrence> parts() {
    return List.of(parts);
  }

  /** Renews the weights of the parts. Modifies only weights.parts. */
  void refresh(Kernels kernels, CellWeights weights) {
    for (int i = 0; i < parts.length; i++) {
      CellWeights own = weights.parts[firstPart + i];
      System.arraycopy(weights.values, weightsAt[i], own.values, 0, own.values.length);
      parts[i].refresh(kernels, own);
    }
  }

  /**
   * Makes a step. Modifies next, shown, and the tape where there is one.
   *
   * @param tape null where nothing is to be remembered
   */
  void step(
      Kernels kernels,
      CellWeights weights,
      float[] x,
      float dt,
      float[] states,
      float[] nextStates,
      float[] tape,
      int at) {
    for (int i = 0; i < parts.length; i++) {
      CellWeights own = weights.parts[firstPart + i];
      System.arraycopy(states, stateAt[i], state[i], 0, state[i].length);
      if (tape == null) {
        parts[i].step(kernels, own, x, dt, state[i], next[i]);
      } else {
        int from = at + tapeAt[i];
        parts[i].record(kernels, own, x, dt, state[i], next[i], tape, from);
        System.arraycopy(next[i], 0, tape, from + parts[i].tapeLength(), next[i].length);
      }
      System.arraycopy(next[i], 0, nextStates, stateAt[i], next[i].length);
      parts[i].output(kernels, next[i], shown, shownAt[i]);
    }
  }

  /** Pulls back the adjoints of the states after a step and of what was shown then. */
  void pullBack(
      Kernels kernels,
      CellWeights weights,
      float[] tape,
      int at,
      float[] adjoint,
      float[] inputAdjoint,
      float[] gradient,
      int gradientAt) {
    for (int i = 0; i < parts.length; i++) {
      Recurrence part = parts[i];
      int from = at + tapeAt[i];
      System.arraycopy(tape, from + part.tapeLength(), state[i], 0, state[i].length);
      part.output(kernels, state[i], shown, shownAt[i]);
      float[] own = next[i];
      System.arraycopy(adjoint, stateAt[i], own, 0, own.length);
      part.addOutputAdjoint(kernels, state[i], shown, shownAdjoint, shownAt[i], own);
      CellWeights weightsOfPart = weights.parts[firstPart + i];
      int into = gradientAt + weightsAt[i];
      part.pullBack(kernels, weightsOfPart, tape, from, own, inputAdjoint, gradient, into);
      System.arraycopy(own, 0, adjoint, stateAt[i], own.length);
    }
  }

  /** Computes what the layer shows in given states. Modifies only shown. */
  void show(Kernels kernels, float[] states) {
    for (int i = 0; i < parts.length; i++) {
      System.arraycopy(states, stateAt[i], state[i], 0, state[i].length);
      parts[i].output(kernels, state[i], shown, shownAt[i]);
    }
  }

  /** Adds an adjoint of what the layer shows, pulled back to the states. Modifies stateAdjoint. */
  void addShownAdjoint(
      Kernels kernels, float[] states, float[] adjoint, int at, float[] stateAdjoint) {
    show(kernels, states);
    System.arraycopy(adjoint, at, shownAdjoint, 0, shownAdjoint.length);
    for (int i = 0; i < parts.length; i++) {
      float[] own = next[i];
      Arrays.fill(own, 0f);
      parts[i].addOutputAdjoint(kernels, state[i], shown, shownAdjoint, shownAt[i], own);
      for (int s = 0; s < own.length; s++) {
        stateAdjoint[stateAt[i] + s] += own[s];
      }
    }
  }
}
