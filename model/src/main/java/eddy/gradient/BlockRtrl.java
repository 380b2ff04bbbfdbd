package eddy.gradient;

import eddy.cell.CellWeights;
import eddy.cell.Recurrence;
import eddy.math.Kernels;
import java.util.Arrays;

/**
 * Exact RTRL in blocks of K steps: the adjoint is pulled back to the start of the block, where the
 * carried sensitivity P = ds/dw takes over (Schmidhuber 1992).
 *
 * <p>Trace [S][P] carry, then a window of K steps. The gradient is that of full BPTT for every
 * cell. Every K steps the block is folded into the carry, P <- J_K...J_1 P + the block's own part.
 * K = 1 is classical RTRL (Williams and Zipser 1989): one product of O(S U P) a step. A larger K
 * spreads that product over K events, and is part of the model's identity: weights that move within
 * a block make small differences between one K and another.
 */
public final class BlockRtrl implements GradientEstimator {
  private final Recurrence recurrence;
  private final Kernels kernels;
  private final StepWindow window;
  private final float[] next;
  private final int block;
  private final int stateLength;
  private final int parameters;
  private final float[] adjoint;
  private final float[] folded;

  /** Estimator over blocks of {@code block} >= 1 steps. */
  public BlockRtrl(Recurrence recurrence, Kernels kernels, int block) {
    if (block < 1) {
      throw new IllegalArgumentException("block must be >= 1 but was " + block);
    }
    this.recurrence = recurrence;
    this.kernels = kernels;
    this.block = block;
    stateLength = recurrence.stateLength();
    parameters = recurrence.parameters();
    next = new float[recurrence.stateLength()];
    window = new StepWindow(recurrence, kernels, stateLength * parameters, block);
    adjoint = new float[stateLength];
    folded = new float[stateLength * parameters];
  }

  @Override
  public String name() {
    return name(block);
  }

  /** Its name, without building it. */
  public static String name(int block) {
    return "block-rtrl(" + block + ")";
  }

  @Override
  public boolean exact() {
    return true;
  }

  @Override
  public int traceLength() {
    return Math.toIntExact(cost(recurrence, block).traceLength());
  }

  @Override
  public long macsPerEvent() {
    return cost(recurrence, block).macsPerEvent();
  }

  /** What it costs with blocks of {@code block} steps, without building it. */
  public static Cost cost(Recurrence recurrence, int block) {
    long stateLength = recurrence.stateLength();
    long carry = stateLength * recurrence.parameters();
    long step = recurrence.pullBackMacs();
    // one step's Jacobian is dense in plane 0 only, a longer product everywhere
    long dense = block == 1 ? stateLength : stateLength;
    long fold = carry * dense / block + stateLength * step;
    return new Cost(
        carry + (long) block * recurrence.tapeLength(),
        recurrence.stepMacs() + (block - 1) * step / 2 + carry + fold);
  }

  @Override
  public void advance(CellWeights weights, float[] x, float dt, RecurrentState recurrent) {
    window.record(weights, x, dt, recurrent, next);
    System.arraycopy(next, 0, recurrent.state, 0, stateLength);
    recurrent.steps++;
    if (recurrent.steps % block == 0) {
      fold(weights, recurrent);
    }
  }

  private void fold(CellWeights weights, RecurrentState recurrent) {
    float[] trace = recurrent.trace;
    Arrays.fill(folded, 0f);
    for (int s = 0; s < stateLength; s++) {
      Arrays.fill(adjoint, 0f);
      adjoint[s] = 1f;
      window.pullBack(weights, trace, recurrent.steps - 1, block, adjoint, folded, s * parameters);
      kernels.addRows(adjoint, 0, stateLength, trace, 0, parameters, folded, s * parameters);
    }
    System.arraycopy(folded, 0, trace, 0, folded.length);
  }

  @Override
  public void addGradient(
      CellWeights weights, RecurrentState recurrent, float[] stateAdjoint, float[] gradient) {
    System.arraycopy(stateAdjoint, 0, adjoint, 0, stateLength);
    int length = (int) (recurrent.steps % block);
    window.pullBack(weights, recurrent.trace, recurrent.steps - 1, length, adjoint, gradient, 0);
    kernels.addRows(adjoint, 0, stateLength, recurrent.trace, 0, parameters, gradient, 0);
  }
}
