package eddy.gradient;

import java.util.Arrays;

/**
 * Where one recurrence of one key stands: its state, what its estimator carries, and how many steps
 * it has made.
 *
 * <p>It lives beside the estimator, which only reads and writes it; zero is a valid start.
 */
public final class RecurrentState {
  /** State [planes][units]. */
  public final float[] state;

  /** What the estimator keeps between steps; its layout is the estimator's. */
  public final float[] trace;

  /** Steps since the start of the sequence. */
  public long steps;

  public RecurrentState(int stateLength, int traceLength) {
    state = new float[stateLength];
    trace = new float[traceLength];
  }

  /** Back to the start of a sequence. */
  public void reset() {
    Arrays.fill(state, 0f);
    Arrays.fill(trace, 0f);
    steps = 0;
  }
}
