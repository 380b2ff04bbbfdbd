package eddy.window;

import eddy.cell.CellWeights;
import eddy.cell.Recurrence;
import eddy.math.Kernels;
import java.util.Arrays;
import java.util.List;

/**
 * Layers over a window of n inputs, each reading what the one below shows at every position.
 *
 * <p>A layer goes forward through the window and, where asked for, also backward with weights of
 * its own; at a position it then shows both, forward first. Every state starts at zero at its end
 * of the window. The topmost layer goes only as far as anyone looks. Scratch: one per thread.
 */
final class LayerStack {
  private final Unrolled[] forward;

  /** By layer; empty where layers go forward only. */
  private final Unrolled[] backward;

  private final boolean residual;

  /** By layer: first block of its weights, forward first. */
  private final int[] block;

  private final int blocks;

  /** By layer and one more: numbers of a position. */
  private final int[] widths;

  /** By layer and one more: what it reads at every position [N][width]. */
  private final float[][] values;

  private final float[][] adjoints;
  private final float[] dts;
  private int count;
  private int forwardTo;
  private int backwardTo;

  /**
   * Layers from the lowest to the topmost.
   *
   * @param residual whether its input is added to what a layer shows, but for the lowest, which
   *     reads features
   */
  LayerStack(
      Kernels kernels,
      List<List<Recurrence>> layers,
      boolean bothWays,
      boolean residual,
      int capacity) {
    int depth = layers.size();
    this.residual = residual;
    forward = new Unrolled[depth];
    backward = new Unrolled[bothWays ? depth : 0];
    block = new int[depth];
    widths = new int[depth + 1];
    widths[0] = layers.get(0).get(0).inputs();
    values = new float[depth + 1][];
    adjoints = new float[depth + 1][];
    dts = new float[capacity];
    int used = 0;
    for (int l = 0; l < depth; l++) {
      List<Recurrence> layer = layers.get(l);
      block[l] = used;
      forward[l] = new Unrolled(kernels, layer, capacity);
      if (bothWays) {
        backward[l] = new Unrolled(kernels, layer, capacity);
      }
      int ways = bothWays ? 2 : 1;
      used += ways * layer.size();
      widths[l + 1] = ways * forward[l].width();
    }
    blocks = used;
    for (int l = 0; l <= depth; l++) {
      values[l] = new float[Math.multiplyExact(capacity, widths[l])];
      adjoints[l] = new float[values[l].length];
    }
  }

  /** Blocks of weights. */
  int blocks() {
    return blocks;
  }

  /** Numbers that the topmost layer shows at a position. */
  int width() {
    return widths[forward.length];
  }

  /** Where the window's inputs are to be written [N][I]. */
  float[] inputs() {
    return values[0];
  }

  /** Where the window's times since the input before are to be written [N]. */
  float[] dts() {
    return dts;
  }

  /** What the topmost layer shows [N][width], valid as far as it went. */
  float[] top() {
    return values[forward.length];
  }

  /** Adjoint of {@link #top}, to be filled after {@link #beginPullBack}. */
  float[] topAdjoint() {
    return adjoints[forward.length];
  }

  /**
   * Goes through a window whose inputs have been written.
   *
   * @param positions of the window, n >= 1
   * @param lastForward position where the topmost layer's forward pass ends
   * @param lastBackward position where its backward pass ends
   */
  void run(CellWeights[] weights, int positions, int lastForward, int lastBackward) {
    count = positions;
    forwardTo = lastForward;
    backwardTo = lastBackward;
    for (int l = 0; l < forward.length; l++) {
      forward[l].begin();
      for (int p = 0; p <= forwardTo(l); p++) {
        forward[l].record(weights, block[l], values[l], p * widths[l], dts[p]);
      }
      if (backward.length > 0) {
        int backwardBlock = block[l] + forward[l].blocks();
        backward[l].begin();
        for (int p = count - 1; p >= backwardTo(l); p--) {
          float dt = p == count - 1 ? 1f : dts[p + 1];
          backward[l].record(weights, backwardBlock, values[l], p * widths[l], dt);
        }
      }
      show(l);
    }
  }

  private void show(int l) {
    float[] shown = values[l + 1];
    int way = forward[l].width();
    int width = widths[l + 1];
    for (int p = 0; p < count; p++) {
      System.arraycopy(forward[l].outputs, (p + 1) * way, shown, p * width, way);
      if (backward.length > 0) {
        System.arraycopy(backward[l].outputs, (count - p) * way, shown, p * width + way, way);
      }
    }
    if (addsInput(l)) {
      for (int i = 0; i < count * width; i++) {
        shown[i] += values[l][i];
      }
    }
  }

  private boolean addsInput(int l) {
    return residual && l > 0;
  }

  private int forwardTo(int l) {
    return l == forward.length - 1 ? forwardTo : count - 1;
  }

  private int backwardTo(int l) {
    return l == forward.length - 1 ? backwardTo : 0;
  }

  /** Starts pulling back the last run: no position has an adjoint yet. */
  void beginPullBack() {
    for (int l = 1; l <= forward.length; l++) {
      Arrays.fill(adjoints[l], 0, count * widths[l], 0f);
    }
  }

  /** Pulls the topmost layer's adjoint back to all weights. Modifies only gradients. */
  void pullBack(CellWeights[] weights, float[][] gradients) {
    for (int l = forward.length - 1; l >= 0; l--) {
      pullBackForward(l, weights, gradients);
      if (backward.length > 0) {
        pullBackBackward(l, weights, gradients);
      }
      if (addsInput(l)) {
        for (int i = 0; i < count * widths[l]; i++) {
          adjoints[l][i] += adjoints[l + 1][i];
        }
      }
    }
  }

  private void pullBackForward(int l, CellWeights[] weights, float[][] gradients) {
    float[] below = l == 0 ? null : adjoints[l];
    int last = forwardTo(l);
    forward[l].beginPullBack(last + 1);
    for (int p = last; p >= 0; p--) {
      forward[l].addOutputAdjoint(p + 1, adjoints[l + 1], p * widths[l + 1]);
      forward[l].pullBack(weights, block[l], gradients, below, p * widths[l]);
    }
  }

  private void pullBackBackward(int l, CellWeights[] weights, float[][] gradients) {
    float[] below = l == 0 ? null : adjoints[l];
    int way = forward[l].width();
    int first = backwardTo(l);
    backward[l].beginPullBack(count - first);
    for (int p = first; p < count; p++) {
      backward[l].addOutputAdjoint(count - p, adjoints[l + 1], p * widths[l + 1] + way);
      backward[l].pullBack(
          weights, block[l] + forward[l].blocks(), gradients, below, p * widths[l]);
    }
  }
}
