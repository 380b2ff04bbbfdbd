package eddy.learn;

import eddy.gradient.RecurrentState;

/**
 * What one key keeps between its events: recurrent states, sensitivities, predictions that wait for
 * their label.
 *
 * <p>Owned by one task; changed by {@link Prequential#observe} only.
 */
public final class KeyState {
  /** State after the newest event, by group; without traces unless a lane has horizon 0. */
  final RecurrentState[] leading;

  /** For each distinct horizon, the state and traces at the newest settled origin, by group. */
  final RecurrentState[][] lanes;

  /** Memory of the encoders. */
  final double[] features;

  /** By target: its last value or the slot of its last class, NaN before the first. */
  final double[] last;

  /** Rings of past values that references look back to, one after another. */
  final double[] references;

  /** Ring of origins that wait: encoded inputs [H][I + R], outputs [H][O], head data [H][D]. */
  final float[] pendingInputs;

  final float[] pendingOutputs;
  final double[] pendingHeads;

  /** Ring of origins that wait: position and timestamp of their events [H]. */
  final long[] pendingPositions;

  final long[] pendingTimestamps;

  long events;

  KeyState(
      RecurrentState[] leading,
      RecurrentState[][] lanes,
      double[] features,
      double[] last,
      double[] references,
      float[] pendingInputs,
      float[] pendingOutputs,
      double[] pendingHeads,
      long[] pendingPositions,
      long[] pendingTimestamps) {
    this.leading = leading;
    this.lanes = lanes;
    this.features = features;
    this.last = last;
    this.references = references;
    this.pendingInputs = pendingInputs;
    this.pendingOutputs = pendingOutputs;
    this.pendingHeads = pendingHeads;
    this.pendingPositions = pendingPositions;
    this.pendingTimestamps = pendingTimestamps;
  }

  /** Number of accepted events so far. */
  public long events() {
    return events;
  }
}
