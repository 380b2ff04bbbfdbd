package eddy.baseline;

/**
 * Additive Holt-Winters (Holt 1957, Winters 1960): with level l, trend b and season s of period p,
 *
 * <p>l' = a (y - s_p) + (1 - a)(l + b), b' = c (l' - l) + (1 - c) b, s' = g (y - l') + (1 - g) s_p,
 * and l + h b + s is the forecast h ahead, s being the newest of its place in the season.
 *
 * <p>A season enters when it is known and twice as many values of the key are kept: the level is
 * the mean of the newer season, the trend what it has gained on the older one, and the season what
 * is left, averaged over both. Without one this is Holt's trend, from the first value and no trend
 * on. Sets of a, c and g run side by side; the one whose forecasts at the target's own horizon have
 * erred least speaks. Memory: that of the race, and p + 2 for each.
 */
final class HoltWinters implements NumberBaseline {
  static final String NAME = "holt-winters";

  /** Of level, trend and season. */
  private static final double[][] STEPS = {
    {0.3, 0.01, 0.1},
    {0.05, 0.01, 0.1},
    {0.1, 0, 0.3},
    {0.3, 0, 0.3},
    {0.6, 0, 0.1},
    {0.8, 0, 0.4},
    {0.8, 0.1, 0.1},
    {0.95, 0, 0.1}
  };

  private static final int PERIOD = Race.MEMORY;
  private static final int FIRST = PERIOD + 1;
  private static final int LEVEL = 0;
  private static final int TREND = 1;
  private static final int SEASON = 2;

  private final double[][] steps;
  private final Season season;
  private final Race race;

  HoltWinters(Season season) {
    this(season, STEPS);
  }

  /** By these sets of steps, of which the first speaks before any label. */
  HoltWinters(Season season, double[]... steps) {
    this.season = season;
    this.steps = steps.clone();
    race = new Race(steps.length);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int width() {
    return 1 + steps.length;
  }

  @Override
  public int lookback() {
    return 2 * season.lookback();
  }

  @Override
  public void observe(Series series, Memory memory) {
    int period = Math.max(1, season.period());
    double[] state = memory.of(length(1));
    int current = (int) state[PERIOD];
    if (current == 0) {
      start(series.last(), state);
    } else if (period != current && series.has(series.count() - 2L * period)) {
      start(series, period, memory.of(length(period)));
    } else {
      update(series, current, memory.of(length(current)));
    }
  }

  private int length(int period) {
    return FIRST + steps.length * (SEASON + period);
  }

  /** Holt's trend is a season of one value that is always 0. */
  private void start(double value, double[] state) {
    state[PERIOD] = 1;
    for (int i = 0; i < steps.length; i++) {
      int at = FIRST + i * (SEASON + 1);
      state[at + LEVEL] = value;
      state[at + TREND] = 0;
      state[at + SEASON] = 0;
    }
  }

  private void start(Series series, int period, double[] state) {
    state[PERIOD] = period;
    long newer = series.count() - period;
    double level = mean(series, newer, period);
    double before = mean(series, newer - period, period);
    double trend = (level - before) / period;
    for (int i = 0; i < steps.length; i++) {
      int at = FIRST + i * (SEASON + period);
      // the mean of a season is its level in the middle
      state[at + LEVEL] = level + trend * (period - 1) / 2;
      state[at + TREND] = trend;
      for (long number = newer; number < newer + period; number++) {
        double inside = trend * (number - newer - (period - 1) / 2.0);
        double left = series.at(number) - level - inside;
        double leftBefore = series.at(number - period) - before - inside;
        boolean none = period == 1;
        state[at + SEASON + (int) (number % period)] = none ? 0 : (left + leftBefore) / 2;
      }
    }
  }

  private static double mean(Series series, long from, int values) {
    double sum = 0;
    for (long number = from; number < from + values; number++) {
      sum += series.at(number);
    }
    return sum / values;
  }

  private void update(Series series, int period, double[] state) {
    double value = series.last();
    int place = (int) ((series.count() - 1) % period);
    for (int i = 0; i < steps.length; i++) {
      int at = FIRST + i * (SEASON + period);
      double[] step = steps[i];
      double season = state[at + SEASON + place];
      double expected = state[at + LEVEL] + state[at + TREND];
      double level = expected + step[LEVEL] * (value - season - expected);
      double gained = level - state[at + LEVEL];
      state[at + TREND] += step[TREND] * (gained - state[at + TREND]);
      state[at + LEVEL] = level;
      if (period > 1) {
        state[at + SEASON + place] = season + step[SEASON] * (value - level - season);
      }
    }
  }

  @Override
  public void forecast(Series series, int ahead, Memory memory, double[] said, int at) {
    double[] state = memory.of(length(1));
    int period = (int) state[PERIOD];
    for (int i = 0; i < steps.length; i++) {
      said[at + 1 + i] = Double.NaN;
      if (period > 0) {
        int from = FIRST + i * (SEASON + period);
        int place = (int) ((series.count() - 1 + ahead) % period);
        said[at + 1 + i] =
            state[from + LEVEL] + ahead * state[from + TREND] + state[from + SEASON + place];
      }
    }
    said[at] = said[at + 1 + race.winner()];
  }

  @Override
  public void settle(
      Series series, long next, int ahead, double label, Memory memory, double[] said, int at) {
    race.add(label, said, at + 1, memory.of(length(1)));
  }
}
