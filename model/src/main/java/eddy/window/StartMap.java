package eddy.window;

import eddy.cell.CellWeights;
import eddy.math.Kernels;
import eddy.math.RandomStream;

/**
 * Start state of a decoder out of a summary of what the encoder has read: s = tanh(V c + b) (Cho et
 * al. 2014).
 *
 * <p>Weights V [C][S], b [S]. Holds scratch: one per thread.
 */
final class StartMap {
  /**
   * Shape of the map.
   *
   * @param inputs numbers of the summary, C
   * @param outputs numbers of state, S
   */
  record Shape(int inputs, int outputs) implements Block {
    @Override
    public int parameters() {
      return Math.multiplyExact(inputs + 1, outputs);
    }

    @Override
    public CellWeights newWeights(RandomStream random) {
      float[] values = new float[parameters()];
      Block.fill(random, inputs, values, 0, inputs * outputs);
      return new CellWeights(values, new float[0]);
    }
  }

  private static final float[] ONE = {1f};

  private final Kernels kernels;
  private final int inputs;
  private final int outputs;
  private final float[] start;
  private final float[] before;

  StartMap(Kernels kernels, Shape shape) {
    this.kernels = kernels;
    inputs = shape.inputs();
    outputs = shape.outputs();
    start = new float[outputs];
    before = new float[outputs];
  }

  /** The start state [S], valid until the next call. */
  float[] of(CellWeights weights, float[] summary) {
    System.arraycopy(weights.values, inputs * outputs, start, 0, outputs);
    kernels.addRows(summary, 0, inputs, weights.values, 0, outputs, start, 0);
    kernels.tanh(start, 0, outputs);
    return start;
  }

  /**
   * Pulls an adjoint of the start state back. Modifies only gradient and summaryAdjoint, which are
   * added to.
   *
   * @param summary what the start state was made of
   */
  void pullBack(
      CellWeights weights,
      float[] summary,
      float[] adjoint,
      float[] gradient,
      float[] summaryAdjoint) {
    for (int s = 0; s < outputs; s++) {
      before[s] = adjoint[s] * (1f - start[s] * start[s]);
    }
    kernels.addOuter(summary, 0, inputs, before, 0, outputs, gradient, 0);
    kernels.addOuter(ONE, 0, 1, before, 0, outputs, gradient, inputs * outputs);
    kernels.addDots(weights.values, 0, inputs, outputs, before, 0, summaryAdjoint, 0);
  }
}
