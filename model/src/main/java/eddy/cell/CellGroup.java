package eddy.cell;

import eddy.math.Kernels;
import eddy.math.RandomStream;
import java.util.Arrays;
import java.util.List;

/**
 * One cell with its affine map: the recurrent function s' = F(s, x; w) of I inputs and U units.
 *
 * <p>The affine map, its products and its pull-backs are written here once for every cell. A weight
 * affects only its own unit at first, so every derivative with respect to the weights is an outer
 * product of [x; h; 1] and gate adjoints. A tape is [x; h; derivatives]. Holds scratch: one per
 * thread.
 */
public final class CellGroup implements Recurrence {
  private static final float[] ONE = {1f};

  /** Floats of a cache line. */
  private static final int LINE = 16;

  private final Cell cell;
  private final int inputs;
  private final Start start;
  private final int units;
  private final int inputColumns;
  private final int recurrentColumns;
  private final int biasColumns;
  private final int inputAt;
  private final int recurrentAt;
  private final int biasAt;
  private final int inputFrom;
  private final int recurrentFrom;
  private final int biasFrom;
  private final Derivatives derivatives;
  private final float[] gates;

  /** What a step makes of an adjoint: [gates; planes; ownWeights][units]. */
  private final float[] adjoints;

  private final double[] scratch;

  /** Cells whose weights start as the cell has it. */
  public CellGroup(Cell cell, int inputs) {
    this(cell, inputs, Start.AUTO);
  }

  /** Cells over {@code inputs} inputs. */
  public CellGroup(Cell cell, int inputs, Start start) {
    if (inputs < 1) {
      throw new IllegalArgumentException("a cell needs at least 1 input but has " + inputs);
    }
    start.init().requireMatrix(cell.name(), !cell.elementWise());
    this.cell = cell;
    this.inputs = inputs;
    this.start = start;
    units = cell.units();
    inputColumns = cell.shape().inputGates().count() * units;
    recurrentColumns = cell.shape().recurrentGates().count() * units;
    biasColumns = cell.shape().biasGates().count() * units;
    inputAt = cell.shape().ownWeights() * units;
    recurrentAt = inputAt + inputs * inputColumns;
    biasAt = recurrentAt + units * recurrentColumns;
    inputFrom = cell.shape().inputGates().from() * units;
    recurrentFrom = cell.shape().recurrentGates().from() * units;
    biasFrom = cell.shape().biasGates().from() * units;
    derivatives = new Derivatives(cell);
    gates = new float[gateLength() + units];
    adjoints = new float[gateLength() + stateLength() + inputAt];
    scratch = new double[Cell.SCRATCH * units];
  }

  public Cell cell() {
    return cell;
  }

  @Override
  public String name() {
    return cell.name();
  }

  @Override
  public Recurrence summed() {
    return new CellGroup(new SummedCell(cell), inputs, start);
  }

  @Override
  public int outputs() {
    return cell.outputs();
  }

  /** Whether a unit's next state depends on no other unit: then RTRL is exact at O(parameters). */
  public boolean elementWise() {
    return cell.elementWise();
  }

  @Override
  public int tapeLength() {
    return inputs + units + Derivatives.length(cell);
  }

  @Override
  public long pullBackMacs() {
    return (long) units * recurrentColumns + parameters() + Derivatives.length(cell);
  }

  @Override
  public int inputs() {
    return inputs;
  }

  @Override
  public List<NamedWeights> named(int layer) {
    return NamedWeights.of(this, layer);
  }

  @Override
  public List<InputRows> inputRows() {
    return List.of(new InputRows(inputAt, inputs, inputColumns));
  }

  public int units() {
    return units;
  }

  /** Number of weights, P. */
  @Override
  public int parameters() {
    return biasAt + biasColumns;
  }

  /** Numbers of state, S = planes * units. */
  @Override
  public int stateLength() {
    return cell.shape().planes() * units;
  }

  /** Gate pre-activations, gates * units. */
  public int gateLength() {
    return cell.shape().gates() * units;
  }

  public int ownLength() {
    return inputAt;
  }

  /** Offset of the input weights [I][inputGates * U]. */
  public int inputAt() {
    return inputAt;
  }

  /** Offset of the recurrent weights [U][recurrentGates * U]. */
  public int recurrentAt() {
    return recurrentAt;
  }

  /** Offset of the biases [biasGates * U]. */
  public int biasAt() {
    return biasAt;
  }

  /** Offset of the first gate that reads the input, in pre-activations and their adjoints. */
  public int inputFrom() {
    return inputFrom;
  }

  /** Offset of the first gate that reads the previous output. */
  public int recurrentFrom() {
    return recurrentFrom;
  }

  /** Offset of the first gate with a bias. */
  public int biasFrom() {
    return biasFrom;
  }

  public int inputColumns() {
    return inputColumns;
  }

  public int recurrentColumns() {
    return recurrentColumns;
  }

  public int biasColumns() {
    return biasColumns;
  }

  /** Multiply-adds of one forward step. */
  @Override
  public long stepMacs() {
    return (long) inputs * inputColumns + (long) units * recurrentColumns + 8L * gateLength();
  }

  /** New weights: matrices and biases as the group's start says, own weights as the cell does. */
  @Override
  public CellWeights newWeights(RandomStream random, double inputPower) {
    float[] values = new float[parameters()];
    cell.initializeOwn(random, values);
    start.init().input(random, inputPower, units, values, inputAt, recurrentAt);
    for (int gate = 0; gate < cell.shape().recurrentGates().count(); gate++) {
      int at = recurrentAt + gate * units;
      start.init().recurrent(cell.recurrentStart(), random, units, values, at, recurrentColumns);
    }
    cell.initializeBiases(start.forgetBias(), random, values, biasAt);
    return weightsOf(values);
  }

  /** Weights over existing values, which are used, not copied. */
  @Override
  public CellWeights weightsOf(float[] values) {
    CellWeights weights =
        new CellWeights(values, new float[transposedAt() + units * recurrentColumns]);
    weights.requireLength(parameters());
    refresh(Kernels.scalar(), weights);
    return weights;
  }

  /** Renews what is derived from the values. Modifies only weights.derived. */
  @Override
  public void refresh(Kernels kernels, CellWeights weights) {
    cell.derive(kernels, weights.values, scratch, weights.derived);
    Kernels.transpose(
        units, recurrentColumns, weights.values, recurrentAt, weights.derived, transposedAt());
  }

  /** Begins with a cache line: array data starts 16 bytes, 4 floats, into the object. */
  private int transposedAt() {
    return (cell.shape().derivedValues() * units + 4 + LINE - 1) / LINE * LINE - 4;
  }

  @Override
  public void step(
      Kernels kernels, CellWeights weights, float[] x, float dt, float[] state, float[] next) {
    float[] values = weights.values;
    Arrays.fill(gates, 0, gateLength(), 0f);
    System.arraycopy(values, biasAt, gates, biasFrom, biasColumns);
    kernels.addRows(x, 0, inputs, values, inputAt, inputColumns, gates, inputFrom);
    if (recurrentColumns > 0) {
      kernels.addProduct(
          1,
          units,
          recurrentColumns,
          state,
          0,
          units,
          values,
          recurrentAt,
          recurrentColumns,
          gates,
          recurrentFrom,
          recurrentColumns);
    }
    cell.activate(kernels, gates, values, weights.derived, dt, state, next);
  }

  /**
   * The same, with the derivatives of the step.
   *
   * @param out modified like next
   */
  public void step(
      Kernels kernels,
      CellWeights weights,
      float[] x,
      float dt,
      float[] state,
      float[] next,
      Derivatives out) {
    step(kernels, weights, x, dt, state, next);
    cell.differentiate(gates, weights.values, weights.derived, dt, state, next, out);
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
    step(kernels, weights, x, dt, state, next, derivatives);
    System.arraycopy(x, 0, tape, at, inputs);
    System.arraycopy(state, 0, tape, at + inputs, units);
    derivatives.copyTo(tape, at + inputs + units);
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
    int own = gateLength() + stateLength();
    kernels.contractPlanes(
        cell.shape().planes(),
        adjoints.length / units,
        units,
        tape,
        at + inputs + units,
        adjoint,
        0,
        adjoints,
        0);
    for (int w = 0; w < inputAt; w++) {
      gradient[gradientAt + w] += adjoints[own + w];
    }
    addWeightGradient(kernels, tape, at, gradient, gradientAt);
    addRecurrentAdjoints(kernels, weights, 1, adjoints, 0, 0, adjoints, gateLength(), 0);
    if (inputAdjoint != null) {
      addInputAdjoint(kernels, weights, adjoints, 0, inputAdjoint);
    }
    System.arraycopy(adjoints, gateLength(), adjoint, 0, stateLength());
  }

  @Override
  public void output(Kernels kernels, float[] state, float[] output, int at) {
    cell.output(kernels, state, output, at);
  }

  @Override
  public void addOutputAdjoint(
      Kernels kernels,
      float[] state,
      float[] output,
      float[] adjoint,
      int at,
      float[] stateAdjoint) {
    cell.addOutputAdjoint(output, adjoint, at, stateAdjoint);
  }

  /** adjoint[l] += sum over input gates of W_x[l][c] gateAdjoint[c]. Modifies only adjoint [I]. */
  private void addInputAdjoint(
      Kernels kernels, CellWeights weights, float[] gateAdjoints, int at, float[] adjoint) {
    for (int l = 0; l < inputs; l++) {
      int row = inputAt + l * inputColumns;
      adjoint[l] += kernels.dot(weights.values, row, gateAdjoints, at + inputFrom, inputColumns);
    }
  }

  /**
   * adjoint[j] += sum over recurrent gates of W_h[j][c] gateAdjoint[c], for several adjoints at
   * once. Modifies only adjoints.
   *
   * @param gateAdjoints [rows][gates * U], a row gateStride after the one before
   * @param adjoints [rows][U], a row adjointStride after the one before
   */
  public void addRecurrentAdjoints(
      Kernels kernels,
      CellWeights weights,
      int rows,
      float[] gateAdjoints,
      int gateAt,
      int gateStride,
      float[] adjoints,
      int adjointAt,
      int adjointStride) {
    kernels.addNarrowProduct(
        rows,
        recurrentColumns,
        units,
        gateAdjoints,
        gateAt + recurrentFrom,
        gateStride,
        weights.derived,
        transposedAt(),
        adjoints,
        adjointAt,
        adjointStride);
  }

  /** Adds the outer product of a tape's [x; h; 1] and the gate adjoints. */
  private void addWeightGradient(
      Kernels kernels, float[] tape, int at, float[] gradient, int gradientAt) {
    int input = gradientAt + inputAt;
    kernels.addOuter(tape, at, inputs, adjoints, inputFrom, inputColumns, gradient, input);
    int recurrent = gradientAt + recurrentAt;
    kernels.addOuter(
        tape, at + inputs, units, adjoints, recurrentFrom, recurrentColumns, gradient, recurrent);
    kernels.addOuter(ONE, 0, 1, adjoints, biasFrom, biasColumns, gradient, gradientAt + biasAt);
  }
}
