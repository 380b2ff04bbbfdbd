package eddy.cell;

import eddy.math.Kernels;
import eddy.math.RandomStream;
import java.util.Arrays;
import java.util.List;

/**
 * Jordan's network, which feeds its output back: h = tanh(W x + R y + b), y' = V h + c (Jordan
 * 1986).
 *
 * <p>The state is the output y, and the linear output layer is part of the recurrence, so its
 * weights learn through time like all others. As many hidden units as outputs. Weights W [I][U], R
 * [U][U], b [U], V [U][U], c [U]. A tape is [x; y; h]. Holds scratch: one per thread.
 */
public final class Jordan implements Recurrence {
  private final int inputs;
  private final int units;
  private final Start start;
  private final Matrix input;
  private final Matrix feedback;
  private final Matrix hiddenBias;
  private final Matrix output;
  private final Matrix outputBias;
  private final float[] hidden;
  private final float[] hiddenAdjoint;

  /** A network of {@code units} hidden units and as many outputs over {@code inputs} inputs. */
  public Jordan(int units, int inputs, Start start) {
    this.start = start;
    this.inputs = inputs;
    this.units = units;
    input = new Matrix(0, inputs, units, 0);
    feedback = new Matrix(input.end(), units, units, input.transposedEnd());
    hiddenBias = new Matrix(feedback.end(), 1, units, feedback.transposedEnd());
    output = new Matrix(hiddenBias.end(), units, units, feedback.transposedEnd());
    outputBias = new Matrix(output.end(), 1, units, output.transposedEnd());
    hidden = new float[units];
    hiddenAdjoint = new float[units];
  }

  @Override
  public String name() {
    return "jordan";
  }

  @Override
  public int inputs() {
    return inputs;
  }

  @Override
  public List<InputRows> inputRows() {
    return List.of(new InputRows(input.at(), inputs, input.columns()));
  }

  @Override
  public int outputs() {
    return units;
  }

  @Override
  public int stateLength() {
    return units;
  }

  @Override
  public int parameters() {
    return outputBias.end();
  }

  @Override
  public int tapeLength() {
    return inputs + 2 * units;
  }

  @Override
  public long stepMacs() {
    return parameters() + 8L * units;
  }

  @Override
  public long pullBackMacs() {
    return 2L * parameters() + 2L * units;
  }

  @Override
  public CellWeights newWeights(RandomStream random, double inputPower) {
    float[] values = new float[parameters()];
    Init init = start.init();
    init.input(random, inputPower, units, values, input.at(), input.end());
    init.recurrent(Init.ORTHOGONAL, random, units, values, feedback.at(), units);
    init.recurrent(Init.ORTHOGONAL, random, units, values, output.at(), units);
    return weightsOf(values);
  }

  @Override
  public CellWeights weightsOf(float[] values) {
    CellWeights weights = new CellWeights(values, new float[output.transposedEnd()]);
    weights.requireLength(parameters());
    refresh(Kernels.scalar(), weights);
    return weights;
  }

  @Override
  public void refresh(Kernels kernels, CellWeights weights) {
    input.transpose(weights);
    feedback.transpose(weights);
    output.transpose(weights);
  }

  @Override
  public void step(
      Kernels kernels, CellWeights weights, float[] x, float dt, float[] state, float[] next) {
    Arrays.fill(hidden, 0f);
    hiddenBias.addBias(kernels, weights, hidden, 0);
    input.addProduct(kernels, weights, x, 0, hidden, 0);
    feedback.addProduct(kernels, weights, state, 0, hidden, 0);
    kernels.tanh(hidden, 0, units);
    Arrays.fill(next, 0, units, 0f);
    outputBias.addBias(kernels, weights, next, 0);
    output.addProduct(kernels, weights, hidden, 0, next, 0);
  }

  @Override
  public void record(
      Kernels kernels,
      CellWeights weights,
      float[] x,
      float dt,
      float[] state,
      float[] next,
      float[] tape,
      int at) {
    step(kernels, weights, x, dt, state, next);
    System.arraycopy(x, 0, tape, at, inputs);
    System.arraycopy(state, 0, tape, at + inputs, units);
    System.arraycopy(hidden, 0, tape, at + inputs + units, units);
  }

  @Override
  public void pullBack(
      Kernels kernels,
      CellWeights weights,
      float[] tape,
      int at,
      float[] adjoint,
      float[] inputAdjoint,
      float[] gradient,
      int gradientAt) {
    int y = at + inputs;
    int h = y + units;
    output.addGradient(kernels, tape, h, adjoint, 0, gradient, gradientAt);
    outputBias.addBiasGradient(kernels, adjoint, 0, gradient, gradientAt);
    Arrays.fill(hiddenAdjoint, 0f);
    output.addAdjoint(kernels, weights, adjoint, 0, hiddenAdjoint, 0);
    for (int u = 0; u < units; u++) {
      hiddenAdjoint[u] *= 1f - tape[h + u] * tape[h + u];
    }
    input.addGradient(kernels, tape, at, hiddenAdjoint, 0, gradient, gradientAt);
    feedback.addGradient(kernels, tape, y, hiddenAdjoint, 0, gradient, gradientAt);
    hiddenBias.addBiasGradient(kernels, hiddenAdjoint, 0, gradient, gradientAt);
    if (inputAdjoint != null) {
      input.addAdjoint(kernels, weights, hiddenAdjoint, 0, inputAdjoint, 0);
    }
    Arrays.fill(adjoint, 0, units, 0f);
    feedback.addAdjoint(kernels, weights, hiddenAdjoint, 0, adjoint, 0);
  }
}
