package eddy.metric;

/** Mean of all values, by Neumaier's compensated sum. */
final class CumulativeMean implements RunningMean {
  private double sum;
  private double compensation;
  private long count;

  @Override
  public void add(double value) {
    count++;
    double next = sum + value;
    compensation += Math.abs(sum) >= Math.abs(value) ? (sum - next) + value : (value - next) + sum;
    sum = next;
  }

  @Override
  public double mean() {
    if (count == 0) {
      return Double.NaN;
    }
    // past the largest double the compensation is inf - inf: the sum alone is then the answer
    return (Double.isFinite(sum) ? sum + compensation : sum) / count;
  }

  @Override
  public long count() {
    return count;
  }
}
