package eddy.window;

import eddy.gradient.RecurrentState;

/**
 * The newest inputs of a key, kept as the state of a network: a ring [N][I + 1], where the last
 * number is the time since the input before.
 *
 * @param capacity inputs that are kept, N
 * @param inputs numbers of an input, I
 */
record InputRing(int capacity, int inputs) {
  /** Numbers of state. */
  long length() {
    return (long) capacity * (inputs + 1);
  }

  /** Takes in an input. Modifies only ring. */
  void push(float[] x, float dt, RecurrentState ring) {
    int at = at(ring.steps);
    System.arraycopy(x, 0, ring.state, at, inputs);
    ring.state[at + inputs] = dt;
    ring.steps++;
  }

  /**
   * Brings back what is kept, oldest first. Modifies only window and dts.
   *
   * @param window [N][I]
   * @param dts [N]
   * @return how many inputs are kept
   */
  int read(RecurrentState ring, float[] window, float[] dts) {
    int count = (int) Math.min(capacity, ring.steps);
    for (int i = 0; i < count; i++) {
      int at = at(ring.steps - count + i);
      System.arraycopy(ring.state, at, window, i * inputs, inputs);
      dts[i] = ring.state[at + inputs];
    }
    return count;
  }

  private int at(long step) {
    return (int) (step % capacity) * (inputs + 1);
  }
}
