package eddy.benchmark;

/**
 * How long to measure, in nanoseconds.
 *
 * @param warmUp at least, before anything counts
 * @param patience at most, until allocation has ceased and two batches agree
 * @param measured at least
 */
record Effort(long warmUp, long patience, long measured) {
  private static final long SECOND = 1_000_000_000L;

  static final Effort FULL = new Effort(2 * SECOND, 30 * SECOND, SECOND);
  static final Effort QUICK = new Effort(SECOND, 15 * SECOND, SECOND / 2);

  /** Enough to see that everything runs. */
  static final Effort SMOKE = new Effort(1, 1, 1);
}
