package eddy.learn;

import eddy.feature.Event;
import eddy.feature.EventSchema;

/**
 * The one learning loop: test, then train, for the stream and for replay alike.
 *
 * <p>Holds scratch: one per task, used by one thread.
 */
public final class Prequential {
  public static Prequential of(LearnerSpec spec) {
    throw new UnsupportedOperationException();
  }

  /** What to decode of every event. */
  public EventSchema schema() {
    throw new UnsupportedOperationException();
  }

  /** Name and form of the gradient estimator in use, such as {@code rtrl(unit-traces)}. */
  public String learner() {
    throw new UnsupportedOperationException();
  }

  /** Number of learned weights. */
  public int parameters() {
    throw new UnsupportedOperationException();
  }

  /** Bytes of one key's encoded state. */
  public int bytesPerKey() {
    throw new UnsupportedOperationException();
  }

  public Weights newWeights() {
    throw new UnsupportedOperationException();
  }

  public KeyState newKeyState() {
    throw new UnsupportedOperationException();
  }

  /**
   * Learns from the labels that the event brings, then predicts.
   *
   * <p>Modifies key and weights. Throws nothing for any event that fits the schema.
   *
   * @return the outcome, valid until the next call
   */
  public Outcome observe(Event event, KeyState key, Weights weights) {
    throw new UnsupportedOperationException();
  }

  /** Name of the class in a slot of a category target; null where the slot is unassigned. */
  public String className(Weights weights, int target, int slot) {
    throw new UnsupportedOperationException();
  }

  /** Encodes weights into their stored form. */
  public byte[] encode(Weights weights) {
    throw new UnsupportedOperationException();
  }

  /** Throws IncompatibleStateException where the bytes are of another format or spec. */
  public Weights decodeWeights(byte[] bytes) {
    throw new UnsupportedOperationException();
  }

  /** Encodes a key's state into its stored form. */
  public byte[] encode(KeyState key) {
    throw new UnsupportedOperationException();
  }

  /** Throws IncompatibleStateException where the bytes are of another format or spec. */
  public KeyState decodeKeyState(byte[] bytes) {
    throw new UnsupportedOperationException();
  }
}
