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

  /** Rows of a carry in the making that are finished. */
  public int foldedRows;

  /** Step from which on a carry knows the sequence: 0 unless one was dropped. */
  public long carriedFrom;

  /** How often sensitivities left their bounds and were dropped. */
  public long dropped;

  public RecurrentState(int stateLength, int traceLength) {
    state = new float[stateLength];
    trace = new float[traceLength];
  }

  /** Forgets what is carried, until a later step. */
  void drop(long from) {
    carriedFrom = from;
    foldedRows = 0;
    dropped++;
  }

  /** Back to the start of a sequence. */
  public void reset() {
    Arrays.fill(state, 0f);
    Arrays.fill(trace, 0f);
    steps = 0;
    foldedRows = 0;
    carriedFrom = 0;
  }
}
