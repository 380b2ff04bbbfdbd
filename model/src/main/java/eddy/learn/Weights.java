package eddy.learn;

/** What the keys of one scope share: learned values, optimiser memory, statistics. */
public final class Weights {
  /** Number of updates so far. */
  public long updates() {
    throw new UnsupportedOperationException();
  }
}
