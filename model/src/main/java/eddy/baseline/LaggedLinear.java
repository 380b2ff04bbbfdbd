package eddy.baseline;

/**
 * A linear map of lagged values to the change that lies so many steps ahead, learned directly by
 * {@link RecursiveLeastSquares}.
 *
 * <p>Inputs, as differences to the newest value y: the {@value #LAGS} values before it, those
 * around the forecast one season before, and the newest one season before; the mean of the key; and
 * 1. All are in units of the key's own steps from value to value (root mean square, of all keys
 * before it has some of its own). Before the first value of a key lies its first again; without a
 * season its inputs are 0. No change is forecast that exceeds {@value #MOST} such units a step.
 * Memory of a key: count, mean and mean square of its steps.
 */
final class LaggedLinear implements NumberBaseline {
  static final String NAME = "lagged-linear";

  static final int LAGS = 23;

  private static final int SEASONAL = 4;
  private static final int MEAN = LAGS;
  private static final int ONE = LAGS + 1;
  private static final int SEASON = LAGS + 2;
  static final int INPUTS = SEASON + SEASONAL;
  static final double LAMBDA = 0.9995;
  static final double START = 1;
  private static final double MOST = 10;
  private static final double WINDOW = 2000;
  private static final double OWN = 8; // steps of a key that weigh as much as those of all keys

  private static final int COUNT = 0;
  private static final int VALUE = 1;
  private static final int SQUARE = 2;

  private final Season season;
  private final RecursiveLeastSquares map = new RecursiveLeastSquares(INPUTS, LAMBDA, START);
  private final double[] all = new double[SQUARE + 1];
  private final double[] row = new double[INPUTS];
  private int period;

  LaggedLinear(Season season) {
    this.season = season;
  }

  @Override
  public String name() {
    return NAME;
  }

  /** Unit and mean at the origin stay with the forecast. */
  @Override
  public int width() {
    return 3;
  }

  @Override
  public int lookback() {
    return Math.max(LAGS, season.lookback()) + 2;
  }

  @Override
  public void observe(Series series, Memory memory) {
    long newest = series.count() - 1;
    if (series.has(newest - 1)) {
      double step = series.at(newest) - series.at(newest - 1);
      add(series.last(), step, memory.of(all.length));
      add(series.last(), step, all);
    }
    if (season.period() != period) {
      period = season.period();
      map.forget(SEASON);
    }
  }

  private static void add(double value, double step, double[] mean) {
    mean[COUNT] = Math.min(mean[COUNT] + 1, WINDOW);
    mean[VALUE] += (value - mean[VALUE]) / mean[COUNT];
    mean[SQUARE] += (step * step - mean[SQUARE]) / mean[COUNT];
  }

  @Override
  public void forecast(Series series, int steps, Memory memory, double[] said, int at) {
    double[] own = memory.of(all.length);
    double share = own[COUNT] / (own[COUNT] + OWN);
    double unit = Math.sqrt(share * own[SQUARE] + (1 - share) * all[SQUARE]);
    said[at] = Double.NaN;
    said[at + 1] = unit;
    said[at + 2] = own[COUNT] > 0 ? own[VALUE] : series.last();
    if (unit > 0 && series.count() > 0) {
      fill(series, series.count(), steps, unit, said[at + 2]);
      double most = MOST * steps;
      double change = Math.max(-most, Math.min(most, map.predict(row)));
      said[at] = series.last() + change * unit;
    }
  }

  @Override
  public void settle(
      Series series, long next, int steps, double label, Memory memory, double[] said, int at) {
    double unit = said[at + 1];
    if (unit > 0 && series.has(next - 1)) {
      fill(series, next, steps, unit, said[at + 2]);
      map.learn(row, (label - series.at(next - 1)) / unit);
    }
  }

  /** The inputs of a forecast. Modifies only row. */
  private void fill(Series series, long next, int steps, double unit, double mean) {
    long newest = next - 1;
    double last = series.at(newest);
    double earlier = last;
    for (int lag = 1; lag <= LAGS; lag++) {
      earlier = series.has(newest - lag) ? series.at(newest - lag) : earlier;
      row[lag - 1] = (earlier - last) / unit;
    }
    row[MEAN] = (mean - last) / unit;
    row[ONE] = 1;
    long before = SeasonalNaive.before(newest + steps, steps, Math.max(1, period));
    for (int i = 0; i < SEASONAL; i++) {
      // around the forecast, then of the newest
      long number = i < SEASONAL - 1 ? before + i - 1 : before - steps;
      boolean known = period > 0 && number <= newest && series.has(number);
      row[SEASON + i] = known ? (series.at(number) - last) / unit : 0;
    }
  }
}
