package eddy.gradient;

import eddy.cell.CellWeights;
import eddy.cell.Recurrence;
import eddy.math.Kernels;

/**
 * Sliding truncated back-propagation through time over the last K steps, at every event.
 *
 * <p>Trace: a ring of K steps. O(K P) an event. It is block RTRL with the carry dropped; exact
 * while the sequence is no longer than K, and shorter sequences train like any other (Williams and
 * Peng 1990, with h' = 1).
 */
public final class WindowedBptt implements GradientEstimator {
  private final Recurrence recurrence;
  private final StepWindow window;
  private final WindowParts parts;
  private final float[] next;
  private final int steps;
  private final float[] adjoint;

  /** Estimator over the last {@code steps} >= 1 steps. */
  public WindowedBptt(Recurrence recurrence, Kernels kernels, int steps) {
    if (steps < 1) {
      throw new IllegalArgumentException("window must be >= 1 but was " + steps);
    }
    this.recurrence = recurrence;
    this.steps = steps;
    next = new float[recurrence.stateLength()];
    window = StepWindow.of(recurrence, kernels, StepWindow.ALIGNED, steps, 1, steps);
    parts =
        new WindowParts(
            StepWindow.ALIGNED,
            steps,
            StepWindow.stepLength(recurrence),
            recurrent -> recurrent.steps - steps);
    adjoint = new float[recurrence.stateLength()];
  }

  @Override
  public String name() {
    return name(steps);
  }

  /** Its name, without building it. */
  public static String name(int steps) {
    return "tbptt(" + steps + ")";
  }

  @Override
  public boolean exact() {
    return false;
  }

  @Override
  public int traceLength() {
    return Math.toIntExact(cost(recurrence, steps).traceLength());
  }

  @Override
  public TraceParts parts() {
    return traceLength() * (long) Float.BYTES > TraceParts.BYTES ? parts : TraceParts.WHOLE;
  }

  @Override
  public long macsPerEvent() {
    return cost(recurrence, steps).macsPerEvent();
  }

  /** What it costs over a window of {@code steps} steps, without building it. */
  public static Cost cost(Recurrence recurrence, int steps) {
    return new Cost(
        StepWindow.ALIGNED + (long) steps * StepWindow.stepLength(recurrence),
        recurrence.stepMacs() + steps * recurrence.pullBackMacs());
  }

  @Override
  public void advance(CellWeights weights, float[] x, float dt, RecurrentState recurrent) {
    window.record(weights, x, dt, recurrent, next);
    recurrent.setChanged(parts.part(recurrent.steps), true);
    System.arraycopy(next, 0, recurrent.state, 0, recurrent.state.length);
    recurrent.steps++;
  }

  @Override
  public void addGradient(
      CellWeights weights, RecurrentState recurrent, float[] stateAdjoint, float[] gradient) {
    System.arraycopy(stateAdjoint, 0, adjoint, 0, adjoint.length);
    int stored = (int) Math.min(steps, recurrent.steps);
    long newest = recurrent.steps - 1;
    window.pullBack(weights, recurrent.trace, newest, stored, 1, adjoint, gradient, 0, 0);
  }
}
