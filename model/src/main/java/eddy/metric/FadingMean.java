package eddy.metric;

/**
 * Mean with exponentially fading weights: S = x + a S, N = 1 + a N, mean S / N. Gama, Sebastiao and
 * Rodrigues 2013.
 */
final class FadingMean implements RunningMean {
  private final double factor;
  private double sum;
  private double weight;
  private long count;

  FadingMean(double factor) {
    if (!(factor > 0 && factor < 1)) {
      throw new IllegalArgumentException("a fading factor must lie in (0, 1) but was " + factor);
    }
    this.factor = factor;
  }

  @Override
  public void add(double value) {
    count++;
    sum = value + factor * sum;
    weight = 1 + factor * weight;
  }

  @Override
  public double mean() {
    return sum / weight;
  }

  @Override
  public long count() {
    return count;
  }
}
