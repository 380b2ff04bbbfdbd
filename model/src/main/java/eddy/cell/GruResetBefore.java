package eddy.cell;

import eddy.math.Kernels;
import eddy.math.RandomStream;
import java.util.Arrays;
import java.util.List;

/**
 * Gated recurrent unit, reset-before form: r = sigmoid(W_r x + U_r h + b_r), z = sigmoid(W_z x +
 * U_z h + b_z), n = tanh(W_n x + U_n (r * h) + b_n), h' = (1 - z) h + z n (Cho et al. 2014).
 *
 * <p>The reset gate of one unit enters the candidates of all others through U_n, so this is no unit
 * function after one affine map: the step has two. Weights [I][3U] of r, z, n, [U][2U] of r, z,
 * [U][U] of n, biases [3U]. A tape is [x; h; r; z; n]. Holds scratch: one per thread.
 */
public final class GruResetBefore implements Recurrence {
  private final int inputs;
  private final int units;
  private final Gates functions;
  private final Start start;
  private final Matrix input;
  private final Matrix recurrent;
  private final Matrix candidate;
  private final Matrix bias;

  /** r, z, n. */
  private final float[] gates;

  /** Adjoints of their pre-activations. */
  private final float[] gateAdjoints;

  /** r * h. */
  private final float[] kept;

  private final float[] keptAdjoint;
  private final float[] before;

  /**
   * A cell.
   *
   * @param functions of the gates and the candidate
   */
  public GruResetBefore(int units, Gates functions, int inputs, Start start) {
    this.inputs = inputs;
    this.units = units;
    this.functions = functions;
    this.start = start;
    input = new Matrix(0, inputs, 3 * units, 0);
    recurrent = new Matrix(input.end(), units, 2 * units, input.transposedEnd());
    candidate = new Matrix(recurrent.end(), units, units, recurrent.transposedEnd());
    bias = new Matrix(candidate.end(), 1, 3 * units, candidate.transposedEnd());
    gates = new float[3 * units];
    gateAdjoints = new float[3 * units];
    kept = new float[units];
    keptAdjoint = new float[units];
    before = new float[units];
  }

  @Override
  public String name() {
    return "gru-reset-before";
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
    return bias.end();
  }

  @Override
  public int tapeLength() {
    return inputs + 4 * units;
  }

  @Override
  public long stepMacs() {
    return parameters() + 24L * units;
  }

  @Override
  public long pullBackMacs() {
    return 2L * parameters() + 12L * units;
  }

  @Override
  public CellWeights newWeights(RandomStream random, double inputPower) {
    float[] values = new float[parameters()];
    Init init = start.init();
    init.input(random, inputPower, units, values, input.at(), input.end());
    for (int at = recurrent.at(); at < recurrent.at() + 2 * units; at += units) {
      init.recurrent(Init.ORTHOGONAL, random, units, values, at, 2 * units);
    }
    init.recurrent(Init.ORTHOGONAL, random, units, values, candidate.at(), units);
    // 1 - z keeps the memory, so a bias of z is the negative of a forget bias
    int update = bias.at() + units;
    start.forgetBias().fill(random, 0, 0, values, update, units);
    for (int u = update; u < update + units; u++) {
      values[u] = 0f - values[u];
    }
    return weightsOf(values);
  }

  @Override
  public CellWeights weightsOf(float[] values) {
    CellWeights weights = new CellWeights(values, new float[candidate.transposedEnd()]);
    weights.requireLength(parameters());
    refresh(Kernels.scalar(), weights);
    return weights;
  }

  @Override
  public void refresh(Kernels kernels, CellWeights weights) {
    input.transpose(weights);
    recurrent.transpose(weights);
    candidate.transpose(weights);
  }

  @Override
  public void step(
      Kernels kernels, CellWeights weights, float[] x, float dt, float[] state, float[] next) {
    Arrays.fill(gates, 0f);
    bias.addBias(kernels, weights, gates, 0);
    input.addProduct(kernels, weights, x, 0, gates, 0);
    recurrent.addProduct(kernels, weights, state, 0, gates, 0);
    functions.sigmoid(kernels, gates, 0, 2 * units);
    for (int u = 0; u < units; u++) {
      kept[u] = gates[u] * state[u];
    }
    candidate.addProduct(kernels, weights, kept, 0, gates, 2 * units);
    functions.tanh(kernels, gates, 2 * units, units);
    for (int u = 0; u < units; u++) {
      next[u] = Math.fma(gates[units + u], gates[2 * units + u] - state[u], state[u]);
    }
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
    System.arraycopy(gates, 0, tape, at + inputs + units, gates.length);
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
    int h = at + inputs;
    int r = h + units;
    int z = r + units;
    int n = z + units;
    for (int u = 0; u < units; u++) {
      float open = tape[z + u];
      float tanh = tape[n + u];
      gateAdjoints[units + u] = adjoint[u] * (tanh - tape[h + u]) * functions.sigmoidSlope(open);
      gateAdjoints[2 * units + u] = adjoint[u] * open * functions.tanhSlope(tanh);
      before[u] = adjoint[u] * (1f - open);
      kept[u] = tape[r + u] * tape[h + u];
    }
    Arrays.fill(keptAdjoint, 0f);
    candidate.addAdjoint(kernels, weights, gateAdjoints, 2 * units, keptAdjoint, 0);
    for (int u = 0; u < units; u++) {
      float reset = tape[r + u];
      gateAdjoints[u] = keptAdjoint[u] * tape[h + u] * functions.sigmoidSlope(reset);
      before[u] = Math.fma(keptAdjoint[u], reset, before[u]);
    }
    recurrent.addAdjoint(kernels, weights, gateAdjoints, 0, before, 0);
    if (inputAdjoint != null) {
      input.addAdjoint(kernels, weights, gateAdjoints, 0, inputAdjoint, 0);
    }
    input.addGradient(kernels, tape, at, gateAdjoints, 0, gradient, gradientAt);
    recurrent.addGradient(kernels, tape, h, gateAdjoints, 0, gradient, gradientAt);
    candidate.addGradient(kernels, kept, 0, gateAdjoints, 2 * units, gradient, gradientAt);
    bias.addBiasGradient(kernels, gateAdjoints, 0, gradient, gradientAt);
    System.arraycopy(before, 0, adjoint, 0, units);
  }
}
