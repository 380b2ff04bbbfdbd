package eddy.baseline;

/**
 * Simple exponential smoothing: l = a y + (1 - a) l, the forecast of all horizons (Brown 1956).
 *
 * <p>Step sizes a run side by side; the one whose forecasts at the target's own horizon have erred
 * least speaks. Memory: that of the race, and a level for each.
 */
final class Smoothing implements NumberBaseline {
  static final String NAME = "smoothing";

  private static final double[] STEPS = {0.3, 0.05, 0.1, 0.2, 0.45, 0.6, 0.8, 1};

  private final double[] steps;
  private final Race race;

  Smoothing() {
    this(STEPS);
  }

  /** Smoothing by these step sizes, of which the first speaks before any label. */
  Smoothing(double... steps) {
    this.steps = steps.clone();
    race = new Race(steps.length);
  }

  @Override
  public String name() {
    return NAME;
  }

  private int length() {
    return Race.MEMORY + steps.length;
  }

  @Override
  public int width() {
    return 1 + steps.length;
  }

  @Override
  public void observe(Series series, Memory memory) {
    double[] levels = memory.of(length());
    double value = series.last();
    for (int i = 0; i < steps.length; i++) {
      double last = series.count() == 1 ? value : levels[Race.MEMORY + i];
      levels[Race.MEMORY + i] = last + steps[i] * (value - last);
    }
  }

  @Override
  public void forecast(Series series, int ahead, Memory memory, double[] said, int at) {
    double[] levels = memory.of(length());
    for (int i = 0; i < steps.length; i++) {
      said[at + 1 + i] = series.count() == 0 ? Double.NaN : levels[Race.MEMORY + i];
    }
    said[at] = said[at + 1 + race.winner()];
  }

  @Override
  public void settle(
      Series series, long next, int ahead, double label, Memory memory, double[] said, int at) {
    race.add(label, said, at + 1, memory.of(length()));
  }
}
