package eddy.gradient;

import eddy.cell.CellGroup;
import eddy.cell.CellWeights;
import eddy.cell.Derivatives;
import eddy.math.Kernels;
import java.util.Arrays;

/**
 * RTRL that keeps of each weight only its effect on its own unit: T_u <- D_u T_u + ds_u/dw.
 *
 * <p>Trace [planes][P]. O(planes^2 P) a step. For element-wise cells nothing else exists, so the
 * gradient is exact (Mozer 1989; Zucchet et al. 2023); on cells whose gates read other units the
 * same recursion is SnAp-1 (Menick et al. 2021), which is biased.
 */
public final class UnitTraces implements GradientEstimator {
  private static final float[] ONE = {1f};

  /** Steps between two looks at the bounds of the traces. */
  private static final int CHECKED = 16;

  private final CellGroup group;
  private final Kernels kernels;
  private final Derivatives derivatives;
  private final float[] next;
  private final int planes;
  private final int units;
  private final int columns;

  /** D [planes][planes], each repeated over the gates [columns]. */
  private final float[] decay;

  /** State adjoint [planes], each repeated over the gates [columns]. */
  private final float[] adjoints;

  /** One row of a trace after the step [planes][columns], where states have more than 2 planes. */
  private final float[] moved;

  private final float[] factor = new float[1];
  private long drops;

  /** The input [I], then 1. */
  private final float[] inputAndOne;

  /** Whether the biases' traces are one more row of the inputs'. */
  private final boolean biasFollows;

  public UnitTraces(CellGroup group, Kernels kernels) {
    this.group = group;
    this.kernels = kernels;
    derivatives = new Derivatives(group.cell());
    next = new float[group.stateLength()];
    planes = group.cell().shape().planes();
    units = group.units();
    columns = Math.max(Math.max(units, group.ownLength()), group.gateLength());
    decay = new float[planes * planes * columns];
    adjoints = new float[planes * columns];
    moved = new float[planes > 2 ? planes * columns : 0];
    inputAndOne = new float[group.inputs() + 1];
    inputAndOne[group.inputs()] = 1f;
    biasFollows =
        group.recurrentColumns() == 0
            && group.biasColumns() == group.inputColumns()
            && group.biasFrom() == group.inputFrom();
  }

  @Override
  public String name() {
    return name(group);
  }

  /** Its name, without building it. */
  public static String name(CellGroup group) {
    return group.elementWise() ? "unit-traces" : "snap1";
  }

  @Override
  public String fallbackName() {
    return name() + " restarted";
  }

  /** Until the traces reach as far back as some looks at their bounds. */
  @Override
  public boolean fallenBack(RecurrentState recurrent) {
    return recurrent.carriedFrom > 0
        && recurrent.steps < recurrent.carriedFrom + SensitivityGuard.PAUSE * CHECKED;
  }

  @Override
  public long drops() {
    return drops;
  }

  @Override
  public boolean exact() {
    return group.cell().elementWise();
  }

  @Override
  public int traceLength() {
    return Math.toIntExact(cost(group).traceLength());
  }

  @Override
  public long macsPerEvent() {
    return cost(group).macsPerEvent();
  }

  /** What it costs, without building it. */
  public static Cost cost(CellGroup group) {
    long planes = group.cell().shape().planes();
    return new Cost(
        planes * group.parameters(),
        group.stepMacs() + (planes * planes + 2 * planes) * group.parameters());
  }

  @Override
  public void advance(CellWeights weights, float[] x, float dt, RecurrentState recurrent) {
    group.step(kernels, weights, x, dt, recurrent.state, next, derivatives);
    computeDecay(weights);
    float[] trace = recurrent.trace;
    Derivatives d = derivatives;
    int gates = group.gateLength();
    int own = group.ownLength();
    advanceRows(ONE, 1, d.byOwn, 0, own, own, trace, 0);
    System.arraycopy(x, 0, inputAndOne, 0, group.inputs());
    int input = group.inputFrom();
    int inputColumns = group.inputColumns();
    advanceRows(
        inputAndOne, inputRows(), d.byGate, input, gates, inputColumns, trace, group.inputAt());
    int recurrentGate = group.recurrentFrom();
    advanceRows(
        recurrent.state,
        units,
        d.byGate,
        recurrentGate,
        gates,
        group.recurrentColumns(),
        trace,
        group.recurrentAt());
    if (!biasFollows) {
      int bias = group.biasFrom();
      advanceRows(ONE, 1, d.byGate, bias, gates, group.biasColumns(), trace, group.biasAt());
    }
    System.arraycopy(next, 0, recurrent.state, 0, recurrent.state.length);
    recurrent.steps++;
    if (recurrent.steps % CHECKED == 0
        && !SensitivityGuard.holds(kernels, trace, 0, trace.length)) {
      Arrays.fill(trace, 0f);
      recurrent.drop(recurrent.steps);
      drops++;
    }
  }

  private int inputRows() {
    return biasFollows ? group.inputs() + 1 : group.inputs();
  }

  /** D[r][q][u] = ds'[r,u]/ds[q,u], of plane 0 through the unit's own recurrent weights too. */
  private void computeDecay(CellWeights weights) {
    Derivatives d = derivatives;
    int count = group.recurrentColumns() / units;
    for (int r = 0; r < planes; r++) {
      for (int q = 0; q < planes; q++) {
        int at = (r * planes + q) * columns;
        System.arraycopy(d.byState, d.state(r, q), decay, at, units);
        for (int gate = 0; q == 0 && gate < count; gate++) {
          for (int u = 0; u < units; u++) {
            int self = group.recurrentAt() + u * group.recurrentColumns() + gate * units + u;
            decay[at + u] =
                Math.fma(
                    d.byGate[d.gate(r, gate) + group.recurrentFrom() + u],
                    weights.values[self],
                    decay[at + u]);
          }
        }
      }
    }
    if (planes == 1) {
      // a unit that has learned to amplify itself must not blow up its sensitivities
      for (int u = 0; u < units; u++) {
        decay[u] = Math.max(-1f, Math.min(1f, decay[u]));
      }
    }
    repeatOverGates(decay, planes * planes);
  }

  private void repeatOverGates(float[] rows, int count) {
    for (int row = 0; row < count; row++) {
      for (int at = units; at < columns; at += units) {
        System.arraycopy(rows, row * columns, rows, row * columns + at, units);
      }
    }
  }

  private void advanceRows(
      float[] x,
      int rows,
      float[] immediate,
      int at,
      int stride,
      int width,
      float[] trace,
      int traceAt) {
    if (width == 0) {
      return;
    }
    if (planes == 1) {
      kernels.advanceTraces(decay, immediate, at, x, 0, rows, width, trace, traceAt);
    } else if (planes == 2) {
      int plane = group.parameters();
      kernels.advanceTracePairs(
          decay, columns, immediate, at, stride, x, 0, rows, width, trace, traceAt, plane);
    } else {
      for (int l = 0; l < rows; l++) {
        advancePlanes(immediate, at, stride, x[l], width, trace, traceAt + l * width);
      }
    }
  }

  /** One row for any number of planes, which only cells that add up their states have. */
  private void advancePlanes(
      float[] immediate, int at, int stride, float x, int width, float[] trace, int traceAt) {
    int plane = group.parameters();
    factor[0] = x;
    Arrays.fill(moved, 0f);
    for (int r = 0; r < planes; r++) {
      for (int q = 0; q < planes; q++) {
        int coefficients = (r * planes + q) * columns;
        int from = traceAt + q * plane;
        kernels.addElementwise(decay, coefficients, trace, from, moved, r * columns, 1, width);
      }
      kernels.addOuter(factor, 0, 1, immediate, at + r * stride, width, moved, r * columns);
    }
    for (int r = 0; r < planes; r++) {
      System.arraycopy(moved, r * columns, trace, traceAt + r * plane, width);
    }
  }

  @Override
  public void addGradient(
      CellWeights weights, RecurrentState recurrent, float[] stateAdjoint, float[] gradient) {
    Arrays.fill(adjoints, 0f);
    for (int r = 0; r < planes; r++) {
      System.arraycopy(stateAdjoint, r * units, adjoints, r * columns, units);
    }
    repeatOverGates(adjoints, planes);
    float[] trace = recurrent.trace;
    addRows(1, group.ownLength(), trace, 0, gradient);
    addRows(inputRows(), group.inputColumns(), trace, group.inputAt(), gradient);
    addRows(units, group.recurrentColumns(), trace, group.recurrentAt(), gradient);
    if (!biasFollows) {
      addRows(1, group.biasColumns(), trace, group.biasAt(), gradient);
    }
  }

  private void addRows(int rows, int width, float[] trace, int at, float[] gradient) {
    if (width == 0) {
      return;
    }
    int plane = group.parameters();
    if (planes == 2) {
      kernels.addElementwisePairs(adjoints, columns, trace, at, plane, gradient, at, rows, width);
      return;
    }
    for (int r = 0; r < planes; r++) {
      int from = r * plane + at;
      kernels.addElementwise(adjoints, r * columns, trace, from, gradient, at, rows, width);
    }
  }
}
