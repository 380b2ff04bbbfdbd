package eddy.gradient;

import eddy.cell.CellGroup;
import eddy.cell.CellWeights;
import eddy.cell.Derivatives;
import eddy.math.Kernels;

/**
 * A window of one group of cells, which pulls several adjoints back at once and adds the weight
 * gradient of all steps in one product.
 *
 * <p>A step is stored as [derivatives by plane; x; h; 1]. Pulled back through T steps, an adjoint
 * leaves rows A [T][gates; planes; ownWeights][U]: gate adjoints, the adjoint of the state before
 * the step, the gradient of own weights. With U [T][x; h; 1] the weight gradient is U^T A.
 */
final class AffineWindow implements StepWindow {
  private final CellGroup group;
  private final Kernels kernels;
  private final Derivatives derivatives;
  private final int at;
  private final int capacity;
  private final int stepLength;
  private final int inputs;
  private final int units;

  /** Offset of [x; h; 1] in a step. */
  private final int inputAt;

  /** Length of a row of A, offsets of its parts. */
  private final int width;

  private final int stateAt;
  private final int ownAt;

  /** Whether every gate reads x, h and a bias, so that the weights are one matrix. */
  private final boolean uniform;

  /** Rows of A [rows][T + 1][width], the last one for the adjoint that is pulled back. */
  private final float[] rowsOfSteps;

  private final int rowStride;

  AffineWindow(CellGroup group, Kernels kernels, int at, int capacity, int rows, int steps) {
    this.group = group;
    this.kernels = kernels;
    this.at = at;
    this.capacity = capacity;
    derivatives = new Derivatives(group.cell());
    stepLength = stepLength(group);
    inputs = group.inputs();
    units = group.units();
    inputAt = Derivatives.length(group.cell());
    stateAt = group.gateLength();
    ownAt = stateAt + group.stateLength();
    width = ownAt + group.ownLength();
    uniform =
        group.inputColumns() == group.recurrentColumns()
            && group.inputColumns() == group.biasColumns();
    // one line more, or rows would be powers of two apart and evict each other
    rowStride = Math.toIntExact(StepWindow.wholeLines((steps + 1L) * width) + LINE);
    rowsOfSteps = new float[ALIGNED + rows * rowStride];
  }

  static int stepLength(CellGroup group) {
    int length = Derivatives.length(group.cell()) + group.inputs() + group.units() + 1;
    return Math.toIntExact(StepWindow.wholeLines(length));
  }

  @Override
  public void record(
      CellWeights weights, float[] x, float dt, RecurrentState recurrent, float[] next) {
    group.step(kernels, weights, x, dt, recurrent.state, next, derivatives);
    float[] trace = recurrent.trace;
    int slot = slot(recurrent.steps);
    derivatives.copyTo(trace, slot);
    System.arraycopy(x, 0, trace, slot + inputAt, inputs);
    System.arraycopy(recurrent.state, 0, trace, slot + inputAt + inputs, units);
    trace[slot + inputAt + inputs + units] = 1f;
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
    int stateLength = group.stateLength();
    for (int row = 0; row < rows; row++) {
      int last = ALIGNED + row * rowStride + count * width + stateAt;
      System.arraycopy(adjoints, row * stateLength, rowsOfSteps, last, stateLength);
    }
    for (int step = count - 1; step >= 0; step--) {
      pullBackStep(weights, trace, slot(newest - count + 1 + step), step, rows);
    }
    for (int row = 0; row < rows; row++) {
      int first = ALIGNED + row * rowStride;
      System.arraycopy(rowsOfSteps, first + stateAt, adjoints, row * stateLength, stateLength);
      addGradient(
          trace, newest - count + 1, count, first, gradients, gradientAt + row * gradientStride);
    }
  }

  private void pullBackStep(CellWeights weights, float[] trace, int slot, int step, int rows) {
    int blocks = width / units;
    int planes = group.cell().shape().planes();
    for (int row = 0; row < rows; row++) {
      int to = ALIGNED + row * rowStride + step * width;
      kernels.contractPlanes(
          planes, blocks, units, trace, slot, rowsOfSteps, to + width + stateAt, rowsOfSteps, to);
    }
    int first = ALIGNED + step * width;
    group.addRecurrentAdjoints(
        kernels,
        weights,
        rows,
        rowsOfSteps,
        first,
        rowStride,
        rowsOfSteps,
        first + stateAt,
        rowStride);
  }

  /** The steps from one on lie in the ring in one run or two. */
  private void addGradient(
      float[] trace, long from, int count, int first, float[] gradient, int gradientAt) {
    int slot = (int) (from % capacity);
    int run = Math.min(count, capacity - slot);
    addRun(trace, at + slot * stepLength, run, first, gradient, gradientAt);
    addRun(trace, at, count - run, first + run * width, gradient, gradientAt);
  }

  private void addRun(
      float[] trace, int slot, int count, int first, float[] gradient, int gradientAt) {
    int x = slot + inputAt;
    int input = gradientAt + group.inputAt();
    int one = x + inputs + units;
    addProduct(1, count, group.ownLength(), trace, one, first + ownAt, gradient, gradientAt);
    if (uniform) {
      int rows = inputs + units + 1;
      addProduct(rows, count, group.inputColumns(), trace, x, first, gradient, input);
      return;
    }
    int byInput = first + group.inputFrom();
    addProduct(inputs, count, group.inputColumns(), trace, x, byInput, gradient, input);
    int recurrent = gradientAt + group.recurrentAt();
    int byState = first + group.recurrentFrom();
    addProduct(
        units, count, group.recurrentColumns(), trace, x + inputs, byState, gradient, recurrent);
    int bias = gradientAt + group.biasAt();
    int byBias = first + group.biasFrom();
    addProduct(1, count, group.biasColumns(), trace, one, byBias, gradient, bias);
  }

  private void addProduct(
      int rows,
      int count,
      int columns,
      float[] trace,
      int x,
      int row,
      float[] gradient,
      int gradientAt) {
    kernels.addTransposedProduct(
        rows,
        count,
        columns,
        trace,
        x,
        stepLength,
        rowsOfSteps,
        row,
        width,
        gradient,
        gradientAt,
        columns);
  }

  private int slot(long step) {
    return at + (int) (step % capacity) * stepLength;
  }
}
