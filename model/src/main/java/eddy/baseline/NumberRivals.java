package eddy.baseline;

import java.util.List;

/**
 * Baselines of one numeric target, over keys that share what they learn: forecasts are made at an
 * origin from what came before, and learned from when their labels come, however late.
 *
 * <p>For one thread.
 */
public final class NumberRivals {
  private final NumberBaseline[] baselines;
  private final Season season;
  private final List<String> names;
  private final int[] at; // first double of each baseline's forecast
  private final int width;
  private final int waiting;
  private final int kept;

  /** What is kept of one key. */
  public static final class Key {
    private final Series series;
    private final Memory[] memory;
    private final Waits waits;

    private Key(Series series, Memory[] memory, Waits waits) {
      this.series = series;
      this.memory = memory;
      this.waits = waits;
    }
  }

  /**
   * Baselines side by side.
   *
   * @param season that they share, which is told of every value before they are
   * @param waiting most forecasts of a key that wait for their labels
   */
  NumberRivals(List<NumberBaseline> baselines, Season season, int waiting) {
    this.season = season;
    this.baselines = baselines.toArray(NumberBaseline[]::new);
    names = baselines.stream().map(NumberBaseline::name).toList();
    this.waiting = waiting;
    at = new int[this.baselines.length];
    int doubles = 0;
    int lookback = season.lookback();
    for (int i = 0; i < at.length; i++) {
      at[i] = doubles;
      doubles += this.baselines[i].width();
      lookback = Math.max(lookback, this.baselines[i].lookback());
    }
    width = doubles;
    kept = lookback + waiting;
  }

  /** Names of the baselines, in the order of all that is said. */
  public List<String> names() {
    return names;
  }

  /** What is kept of a key before its first value. */
  public Key newKey() {
    Memory[] memory = new Memory[baselines.length];
    for (int i = 0; i < memory.length; i++) {
      memory[i] = new Memory();
    }
    return new Key(new Series(kept), memory, new Waits(waiting, width));
  }

  /**
   * Takes in the newest value of a key. Modifies key and this.
   *
   * @param value NaN where it is missing: then it is the one before
   */
  public void observe(double value, Key key) {
    double known = Double.isNaN(value) ? key.series.last() : value;
    if (!Double.isNaN(known)) {
      key.series.add(known);
      season.observe(key.series);
      for (int i = 0; i < baselines.length; i++) {
        baselines[i].observe(key.series, key.memory[i]);
      }
    }
  }

  /**
   * Forecasts from what has been observed of a key. Modifies only key.
   *
   * @param position of the origin
   * @param steps from the newest value to the label
   * @param persistence what is said by whoever knows nothing
   */
  public void forecast(long position, int steps, double persistence, Key key) {
    double[] said = key.waits.said(key.waits.add(position, key.series.count()));
    for (int i = 0; i < baselines.length; i++) {
      baselines[i].forecast(key.series, steps, key.memory[i], said, at[i]);
      said[at[i]] = Double.isFinite(said[at[i]]) ? said[at[i]] : persistence;
    }
  }

  /**
   * Brings back what was said at an origin, then learns from its label. Modifies key, this and out.
   *
   * @param steps from the newest value at the origin to the label
   * @param out takes what each baseline said; NaN where the forecast has been given up
   */
  public void settle(long position, int steps, double label, Key key, double[] out) {
    long number = key.waits.find(position);
    for (int i = 0; i < baselines.length; i++) {
      out[i] = number < 0 ? Double.NaN : key.waits.said(number)[at[i]];
    }
    if (number >= 0) {
      double[] said = key.waits.said(number);
      long next = key.waits.mark(number);
      for (int i = 0; i < baselines.length; i++) {
        baselines[i].settle(key.series, next, steps, label, key.memory[i], said, at[i]);
      }
    }
  }

  /** Values that have come since an origin; -1 where its forecast does not wait. */
  public long since(long position, Key key) {
    long number = key.waits.find(position);
    return number < 0 ? -1 : key.series.count() - key.waits.mark(number);
  }
}
