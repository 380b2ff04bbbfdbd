package eddy.cell;

import eddy.math.Kernels;
import eddy.math.RandomStream;
import java.util.List;

/**
 * A recurrence that also adds up what it shows: m' = m + output(s'), behind its own state.
 *
 * <p>The readout sees the sums m. The same as {@link SummedCell} for recurrences that are no cells;
 * a tape is [tape of the recurrence; s']. Holds scratch: one per thread.
 */
final class SummedOutputs implements Recurrence {
  private final Recurrence recurrence;
  private final int stateLength;
  private final float[] state;
  private final float[] output;
  private final float[] sumAdjoint;

  SummedOutputs(Recurrence recurrence) {
    this.recurrence = recurrence;
    stateLength = recurrence.stateLength();
    state = new float[stateLength];
    output = new float[recurrence.outputs()];
    sumAdjoint = new float[recurrence.outputs()];
  }

  @Override
  public String name() {
    return recurrence.name();
  }

  @Override
  public int inputs() {
    return recurrence.inputs();
  }

  @Override
  public List<InputRows> inputRows() {
    return recurrence.inputRows();
  }

  @Override
  public int outputs() {
    return recurrence.outputs();
  }

  @Override
  public int stateLength() {
    return stateLength + outputs();
  }

  @Override
  public int parameters() {
    return recurrence.parameters();
  }

  @Override
  public int tapeLength() {
    return recurrence.tapeLength() + stateLength;
  }

  @Override
  public long stepMacs() {
    return recurrence.stepMacs() + outputs();
  }

  @Override
  public long pullBackMacs() {
    return recurrence.pullBackMacs() + outputs();
  }

  @Override
  public CellWeights newWeights(RandomStream random, double inputPower) {
    return recurrence.newWeights(random, inputPower);
  }

  @Override
  public CellWeights weightsOf(float[] values) {
    return recurrence.weightsOf(values);
  }

  @Override
  public void refresh(Kernels kernels, CellWeights weights) {
    recurrence.refresh(kernels, weights);
  }

  @Override
  public void step(
      Kernels kernels, CellWeights weights, float[] x, float dt, float[] state, float[] next) {
    recurrence.step(kernels, weights, x, dt, state, next);
    addUp(kernels, state, next);
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
    recurrence.record(kernels, weights, x, dt, state, next, tape, at);
    System.arraycopy(next, 0, tape, at + recurrence.tapeLength(), stateLength);
    addUp(kernels, state, next);
  }

  private void addUp(Kernels kernels, float[] state, float[] next) {
    recurrence.output(kernels, next, output, 0);
    for (int i = 0; i < output.length; i++) {
      next[stateLength + i] = state[stateLength + i] + output[i];
    }
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
    System.arraycopy(tape, at + recurrence.tapeLength(), state, 0, stateLength);
    System.arraycopy(adjoint, stateLength, sumAdjoint, 0, sumAdjoint.length);
    recurrence.output(kernels, state, output, 0);
    recurrence.addOutputAdjoint(kernels, state, output, sumAdjoint, 0, adjoint);
    recurrence.pullBack(kernels, weights, tape, at, adjoint, inputAdjoint, gradient, gradientAt);
  }

  @Override
  public void output(Kernels kernels, float[] state, float[] output, int at) {
    System.arraycopy(state, stateLength, output, at, outputs());
  }

  @Override
  public void addOutputAdjoint(
      Kernels kernels,
      float[] state,
      float[] output,
      float[] adjoint,
      int at,
      float[] stateAdjoint) {
    for (int i = 0; i < outputs(); i++) {
      stateAdjoint[stateLength + i] += adjoint[at + i];
    }
  }
}
