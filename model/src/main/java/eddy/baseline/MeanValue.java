package eddy.baseline;

/**
 * The mean of the key's labels so far; before its first, that of all keys.
 *
 * <p>Memory: count and mean (Welford 1962).
 */
final class MeanValue implements NumberBaseline {
  static final String NAME = "running-mean";

  private final double[] all = new double[2];

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void forecast(Series series, int steps, Memory memory, double[] said, int at) {
    double[] own = memory.of(all.length);
    said[at] = own[0] > 0 ? own[1] : all[0] > 0 ? all[1] : Double.NaN;
  }

  @Override
  public void settle(
      Series series, long next, int steps, double label, Memory memory, double[] said, int at) {
    add(label, memory.of(all.length));
    add(label, all);
  }

  private static void add(double label, double[] mean) {
    mean[0]++;
    mean[1] += (label - mean[1]) / mean[0];
  }
}
