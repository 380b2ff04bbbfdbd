package eddy.benchmark.task;

/** Mean over the last fifth of a run. */
final class Tail {
  private static final int FIFTHS = 5;

  private final long from;
  private double sum;
  private long count;

  Tail(int events) {
    from = events - (long) events / FIFTHS;
  }

  /** Takes in the value of one event, counted from 0. */
  void add(long event, double value) {
    if (event >= from) {
      sum += value;
      count++;
    }
  }

  double mean() {
    return sum / count;
  }
}
