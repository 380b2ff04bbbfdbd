package eddy.report;

import org.HdrHistogram.Histogram;

/**
 * How long events took, in a histogram of three digits whose size does not depend on their number.
 * For one thread.
 */
public final class Latency {
  private static final long MOST_NANOS = 3_600_000_000_000L; // longer counts as an hour
  private static final int DIGITS = 3;
  private static final double MICROSECOND = 1e3;

  private final Histogram nanos = new Histogram(MOST_NANOS, DIGITS);

  /** Takes in one event. Modifies only this. */
  public void add(long elapsedNanos) {
    nanos.recordValue(Math.max(0, Math.min(elapsedNanos, MOST_NANOS)));
  }

  /** What it comes to so far. */
  public Quantiles quantiles() {
    return new Quantiles(
        nanos.getTotalCount(),
        micros(50),
        micros(99),
        micros(99.9),
        nanos.getMaxValue() / MICROSECOND);
  }

  private double micros(double percentile) {
    return nanos.getValueAtPercentile(percentile) / MICROSECOND;
  }

  /**
   * Times in microseconds.
   *
   * @param count of events
   * @param p50 that half of them did not exceed
   * @param p99 that 99 of 100 did not exceed
   * @param p999 that 999 of 1000 did not exceed
   * @param max of the slowest
   */
  public record Quantiles(long count, double p50, double p99, double p999, double max) {}
}
