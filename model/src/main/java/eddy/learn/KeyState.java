package eddy.learn;

/** What one key keeps between its events: recurrent state, sensitivities, pending predictions. */
public final class KeyState {
  /** Number of accepted events so far. */
  public long events() {
    throw new UnsupportedOperationException();
  }
}
