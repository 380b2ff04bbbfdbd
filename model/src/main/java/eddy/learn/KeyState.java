package eddy.learn;

import eddy.gradient.RecurrentState;
import java.util.Arrays;

/**
 * What one key keeps between its events: recurrent states, sensitivities, predictions that wait for
 * their label.
 *
 * <p>Owned by one task; changed by {@link Prequential#observe} only.
 */
public final class KeyState {
  /** By member of the panel. */
  final MemberState[] members;

  /** All recurrences of the members, each once. */
  final RecurrentState[] recurrent;

  /** Memory of the encoders. */
  final double[] features;

  /** By target: its last value or the slot of its last class, NaN before the first. */
  final double[] last;

  /** Rings of past values that references look back to, one after another. */
  final double[] references;

  /**
   * Ring of origins that wait: encoded inputs and dt [H][I + R + 1], active rows of sparse features
   * [H][A], outputs [H][members + 1][O], head data [H][D].
   */
  final float[] pendingInputs;

  final int[] pendingRows;
  final float[] pendingOutputs;
  final double[] pendingHeads;

  /** Ring of origins that wait: position and timestamp of their events [H]. */
  final long[] pendingPositions;

  final long[] pendingTimestamps;

  /** Events that wait for others to follow before they are labelled. */
  final Passed passed;

  /** Ring of the newest events' ids, by the number of the event. */
  final long[] ids;

  /** Events that wait for labels which come after no fixed count of events. */
  final Waiting waiting;

  long events;

  /** Number of events before the sequence that the next event belongs to. */
  long started;

  /** The greatest of its events. */
  long timestamp;

  KeyState(
      MemberState[] members,
      double[] features,
      double[] last,
      double[] references,
      float[] pendingInputs,
      int[] pendingRows,
      float[] pendingOutputs,
      double[] pendingHeads,
      long[] pendingPositions,
      long[] pendingTimestamps,
      Passed passed,
      long[] ids,
      Waiting waiting) {
    this.members = members;
    recurrent =
        Arrays.stream(members).flatMap(MemberState::recurrent).toArray(RecurrentState[]::new);
    this.features = features;
    this.last = last;
    this.references = references;
    this.pendingInputs = pendingInputs;
    this.pendingRows = pendingRows;
    this.pendingOutputs = pendingOutputs;
    this.pendingHeads = pendingHeads;
    this.pendingPositions = pendingPositions;
    this.pendingTimestamps = pendingTimestamps;
    this.passed = passed;
    this.ids = ids;
    this.waiting = waiting;
  }

  /** Stream time when something was last heard of the key. */
  long touched;

  /** Whether it was stored without its traces, and has not been asked about it. */
  boolean tracesLost;

  /**
   * Whether it has been read from where its traces are not stored, so that its sensitivities begin
   * anew; true once.
   */
  public boolean takeTracesLost() {
    boolean lost = tracesLost;
    tracesLost = false;
    return lost;
  }

  /** Stream time when something was last heard of the key. */
  public long touched() {
    return touched;
  }

  /** Notes that something was heard of the key. */
  public void touch(long streamTime) {
    touched = streamTime;
  }

  /** Heap of what it has come to keep since it was new: events that wait for a label. */
  public long grownBytes() {
    return waiting.heapBytes();
  }

  /** Timestamp of the newest event. */
  public long timestamp() {
    return timestamp;
  }

  /** Number of accepted events so far. */
  public long events() {
    return events;
  }
}
