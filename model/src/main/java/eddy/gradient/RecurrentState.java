package eddy.gradient;

import java.util.Arrays;

/**
 * Where one recurrence of one key stands: its state, what its estimator carries, and how many steps
 * it has made.
 *
 * <p>It lives beside the estimator, which only reads and writes it; zero is a valid start.
 */
public final class RecurrentState {
  private static final long[] WHOLE = {};

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

  /** How the trace is stored. */
  public final TraceParts parts;

  /** By part of the trace, a bit: whether it is not what was stored last. */
  private final long[] changed;

  /** A state whose trace is stored whole. */
  public RecurrentState(int stateLength, int traceLength) {
    this(stateLength, traceLength, TraceParts.WHOLE);
  }

  public RecurrentState(int stateLength, int traceLength, TraceParts parts) {
    state = new float[stateLength];
    trace = new float[traceLength];
    this.parts = parts;
    changed = parts.count() == 0 ? WHOLE : new long[(parts.count() + Long.SIZE - 1) / Long.SIZE];
  }

  /** Whether a part of the trace has changed since it was stored. */
  public boolean changed(int part) {
    return (changed[part / Long.SIZE] >>> part & 1) != 0;
  }

  /** Notes that a part of the trace has changed, or that it has been stored as it is. */
  public void setChanged(int part, boolean value) {
    if (changed.length > 0) {
      long bit = 1L << part;
      changed[part / Long.SIZE] = changed[part / Long.SIZE] & ~bit | (value ? bit : 0);
    }
  }

  /** Takes over where another of the same lengths stands. Modifies only this. */
  public void copy(RecurrentState other) {
    System.arraycopy(other.state, 0, state, 0, state.length);
    System.arraycopy(other.trace, 0, trace, 0, trace.length);
    steps = other.steps;
    foldedRows = other.foldedRows;
    carriedFrom = other.carriedFrom;
    dropped = other.dropped;
    Arrays.fill(changed, -1L);
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
