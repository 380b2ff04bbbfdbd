package eddy.gradient;

import java.nio.FloatBuffer;
import java.util.function.ToLongFunction;

/** The ring of steps in a trace, some neighbouring steps to a part. */
final class WindowParts implements TraceParts {
  private final int at;
  private final int capacity;
  private final int stepLength;
  private final int stepsPerPart;
  private final ToLongFunction<RecurrentState> oldestStep;

  /**
   * Parts of a ring.
   *
   * @param at offset of the ring in the trace
   * @param oldestStep number of the oldest step that is still needed
   */
  WindowParts(int at, int capacity, int stepLength, ToLongFunction<RecurrentState> oldestStep) {
    this.at = at;
    this.capacity = capacity;
    this.stepLength = stepLength;
    this.oldestStep = oldestStep;
    stepsPerPart = TraceParts.perPart(stepLength);
  }

  /** The part that a step stands in. */
  int part(long step) {
    return (int) (step % capacity) / stepsPerPart;
  }

  @Override
  public int count() {
    return (capacity + stepsPerPart - 1) / stepsPerPart;
  }

  @Override
  public int length(int part) {
    return (to(part) - from(part)) * stepLength;
  }

  @Override
  public boolean needed(RecurrentState recurrent, int part) {
    for (int slot = from(part); slot < to(part); slot++) {
      if (needed(slot, recurrent)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void read(RecurrentState recurrent, int part, FloatBuffer values) {
    for (int slot = from(part); slot < to(part); slot++) {
      if (needed(slot, recurrent)) {
        values.put(recurrent.trace, at + slot * stepLength, stepLength);
      } else {
        values.put(new float[stepLength]);
      }
    }
  }

  @Override
  public void write(FloatBuffer values, int part, RecurrentState recurrent) {
    values.get(recurrent.trace, at + from(part) * stepLength, length(part));
  }

  /** Whether the newest step that stands in a slot is needed. */
  private boolean needed(int slot, RecurrentState recurrent) {
    long newest = recurrent.steps - 1;
    long step = newest - Math.floorMod(newest - slot, (long) capacity);
    return step >= 0 && step >= oldestStep.applyAsLong(recurrent);
  }

  private int from(int part) {
    return part * stepsPerPart;
  }

  private int to(int part) {
    return Math.min(capacity, from(part) + stepsPerPart);
  }
}
