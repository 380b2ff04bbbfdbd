package eddy.window;

import eddy.cell.CellWeights;
import eddy.cell.Recurrence;
import eddy.math.Kernels;
import java.util.Arrays;
import java.util.List;

/**
 * The recurrences of one layer, side by side, unrolled over the steps of a window: what every step
 * gave, and what it needs to be pulled back.
 *
 * <p>Steps are counted from 1; step 0 is the start state. Scratch: one per thread.
 */
final class Unrolled {
  private final Kernels kernels;
  private final Recurrence[] recurrences;
  private final int[] outputAt;
  private final int width;
  private final int inputs;

  /** What the recurrences show after every step [steps + 1][width]. */
  final float[] outputs;

  private final float[] outputAdjoints;
  private final float[][] state;
  private final float[][] next;
  private final float[][] tapes;
  private final float[][] adjoint;
  private final float[] x;
  private final float[] inputAdjoint;
  private int step;

  Unrolled(Kernels kernels, List<Recurrence> recurrences, int capacity) {
    this.kernels = kernels;
    this.recurrences = recurrences.toArray(Recurrence[]::new);
    int count = recurrences.size();
    outputAt = new int[count];
    state = new float[count][];
    next = new float[count][];
    tapes = new float[count][];
    adjoint = new float[count][];
    int at = 0;
    for (int g = 0; g < count; g++) {
      Recurrence recurrence = this.recurrences[g];
      outputAt[g] = at;
      at += recurrence.outputs();
      state[g] = new float[recurrence.stateLength()];
      next[g] = new float[recurrence.stateLength()];
      adjoint[g] = new float[recurrence.stateLength()];
      tapes[g] = new float[Math.multiplyExact(capacity, recurrence.tapeLength())];
    }
    width = at;
    inputs = this.recurrences[0].inputs();
    outputs = new float[(capacity + 1) * width];
    outputAdjoints = new float[outputs.length];
    x = new float[inputs];
    inputAdjoint = new float[inputs];
  }

  /** Numbers that a step shows. */
  int width() {
    return width;
  }

  /** Blocks of weights. */
  int blocks() {
    return recurrences.length;
  }

  /** Back to step 0, from zero. */
  void begin() {
    for (float[] each : state) {
      Arrays.fill(each, 0f);
    }
    showStart();
  }

  /** Back to step 0, from a given start state: those of all recurrences, one after another. */
  void begin(float[] start) {
    int at = 0;
    for (float[] each : state) {
      System.arraycopy(start, at, each, 0, each.length);
      at += each.length;
    }
    showStart();
  }

  private void showStart() {
    step = 0;
    for (int g = 0; g < recurrences.length; g++) {
      recurrences[g].output(kernels, state[g], outputs, outputAt[g]);
    }
  }

  /**
   * Makes the next step.
   *
   * @param weights of the recurrences from block {@code block}
   * @param input from {@code at}
   */
  void record(CellWeights[] weights, int block, float[] input, int at, float dt) {
    System.arraycopy(input, at, x, 0, inputs);
    int shown = (step + 1) * width;
    for (int g = 0; g < recurrences.length; g++) {
      Recurrence recurrence = recurrences[g];
      int tape = step * recurrence.tapeLength();
      recurrence.record(kernels, weights[block + g], x, dt, state[g], next[g], tapes[g], tape);
      float[] before = state[g];
      state[g] = next[g];
      next[g] = before;
      recurrence.output(kernels, state[g], outputs, shown + outputAt[g]);
    }
    step++;
  }

  /** Starts pulling back with a step that was made; no adjoint has been added yet. */
  void beginPullBack(int from) {
    step = from;
    Arrays.fill(outputAdjoints, 0, (from + 1) * width, 0f);
    for (float[] each : adjoint) {
      Arrays.fill(each, 0f);
    }
  }

  /** Adds an adjoint of what a step showed [width], for a step that is still to be pulled back. */
  void addOutputAdjoint(int of, float[] added, int at) {
    for (int i = 0; i < width; i++) {
      outputAdjoints[of * width + i] += added[at + i];
    }
  }

  /**
   * Pulls back through one step, from the newest that is left.
   *
   * @param gradients those of the weights are added to
   * @param input adjoint of the step's input, added to from {@code at}; null where nobody wants it
   */
  void pullBack(CellWeights[] weights, int block, float[][] gradients, float[] input, int at) {
    takeOutputAdjoint();
    step--;
    Arrays.fill(inputAdjoint, 0f);
    for (int g = 0; g < recurrences.length; g++) {
      recurrences[g].pullBack(
          kernels,
          weights[block + g],
          tapes[g],
          step * recurrences[g].tapeLength(),
          adjoint[g],
          input == null ? null : inputAdjoint,
          gradients[block + g],
          0);
    }
    if (input != null) {
      for (int i = 0; i < inputs; i++) {
        input[at + i] += inputAdjoint[i];
      }
    }
  }

  /** Adjoint of the start state, after all steps are pulled back. Modifies only start. */
  void startAdjoint(float[] start) {
    takeOutputAdjoint();
    int at = 0;
    for (float[] each : adjoint) {
      System.arraycopy(each, 0, start, at, each.length);
      at += each.length;
    }
  }

  private void takeOutputAdjoint() {
    for (int g = 0; g < recurrences.length; g++) {
      // no state: the outputs that an unrolled step shows are all that its adjoint is made of
      recurrences[g].addOutputAdjoint(
          kernels, null, outputs, outputAdjoints, step * width + outputAt[g], adjoint[g]);
    }
  }
}
