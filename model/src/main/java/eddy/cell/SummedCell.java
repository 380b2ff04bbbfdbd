package eddy.cell;

import eddy.math.Kernels;
import eddy.math.RandomStream;

/**
 * A cell that also adds up what it shows: m' = m + output(s'), in planes after its own.
 *
 * <p>The readout sees the sums m, and their quotient by the number of steps is the mean state of a
 * sequence; the sums reach no gate. Each output must be a function of the state number of the same
 * index alone, whose derivative is {@link Cell#outputSlope}. Element-wise where the cell is, so
 * that unit traces stay exact.
 */
final class SummedCell implements Cell {
  private final Cell cell;

  // kept, since a shape made anew at every call would be garbage
  private final CellShape shape;
  private final int planes;
  private final int sums;
  private final int units;

  SummedCell(Cell cell) {
    this.cell = cell;
    planes = cell.shape().planes();
    units = cell.units();
    sums = cell.outputs() / units;
    shape = cell.shape().withPlanes(planes + sums);
  }

  @Override
  public String name() {
    return cell.name();
  }

  @Override
  public int units() {
    return units;
  }

  @Override
  public CellShape shape() {
    return shape;
  }

  @Override
  public int outputs() {
    return cell.outputs();
  }

  @Override
  public void initializeOwn(RandomStream random, float[] weights) {
    cell.initializeOwn(random, weights);
  }

  @Override
  public Init recurrentStart() {
    return cell.recurrentStart();
  }

  @Override
  public void initializeBiases(ForgetBias forget, RandomStream random, float[] weights, int at) {
    cell.initializeBiases(forget, random, weights, at);
  }

  @Override
  public void derive(Kernels kernels, float[] weights, double[] scratch, float[] derived) {
    cell.derive(kernels, weights, scratch, derived);
  }

  @Override
  public void activate(
      Kernels kernels,
      float[] gates,
      float[] weights,
      float[] derived,
      float dt,
      float[] state,
      float[] next) {
    cell.activate(kernels, gates, weights, derived, dt, state, next);
    int at = planes * units;
    cell.output(kernels, next, next, at);
    for (int i = at; i < at + outputs(); i++) {
      next[i] += state[i];
    }
  }

  @Override
  public void differentiate(
      float[] gates,
      float[] weights,
      float[] derived,
      float dt,
      float[] state,
      float[] next,
      Derivatives out) {
    // the cell's own planes come first, so it writes its part where it belongs
    cell.differentiate(gates, weights, derived, dt, state, next, out);
    for (int plane = 0; plane < sums; plane++) {
      int sum = planes + plane;
      for (int g = 0; g < cell.shape().gates(); g++) {
        follow(next, plane, out.byGate, out.gate(plane, g), out.gate(sum, g));
      }
      for (int q = 0; q < planes; q++) {
        follow(next, plane, out.byState, out.state(plane, q), out.state(sum, q));
      }
      for (int w = 0; w < cell.shape().ownWeights(); w++) {
        follow(next, plane, out.byOwn, out.own(plane, w), out.own(sum, w));
      }
      for (int u = 0; u < units; u++) {
        out.byState[out.state(sum, sum) + u] = 1f;
      }
    }
  }

  /** Derivatives of a sum: those of the state it follows times the slope of the output. */
  private void follow(float[] next, int plane, float[] derivatives, int from, int to) {
    for (int u = 0; u < units; u++) {
      float slope = cell.outputSlope(next[plane * units + u]);
      derivatives[to + u] = slope * derivatives[from + u];
    }
  }

  @Override
  public void output(Kernels kernels, float[] state, float[] output, int at) {
    System.arraycopy(state, planes * units, output, at, outputs());
  }

  @Override
  public void addOutputAdjoint(float[] output, float[] adjoint, int at, float[] stateAdjoint) {
    int sums = planes * units;
    for (int i = 0; i < outputs(); i++) {
      stateAdjoint[sums + i] += adjoint[at + i];
    }
  }
}
