package eddy.baseline;

/**
 * The value one season before the one that is forecast, or the fewest seasons that lie in the past.
 * Says nothing before a season is known.
 */
final class SeasonalNaive implements NumberBaseline {
  static final String NAME = "seasonal-naive";

  private final Season season;

  SeasonalNaive(Season season) {
    this.season = season;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int lookback() {
    return season.lookback();
  }

  @Override
  public void forecast(Series series, int steps, Memory memory, double[] said, int at) {
    int period = season.period();
    long number = period == 0 ? -1 : before(series.count() - 1 + steps, steps, period);
    said[at] = series.has(number) ? series.at(number) : Double.NaN;
  }

  /** Number of the value whole seasons before another that lies so many steps ahead. */
  static long before(long number, int steps, int period) {
    return number - (long) period * ((steps + period - 1) / period);
  }
}
