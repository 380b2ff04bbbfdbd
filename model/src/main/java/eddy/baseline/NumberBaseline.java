package eddy.baseline;

/**
 * A simple forecaster of a number.
 *
 * <p>Holds what keys share; what it knows of one key is in the key's series, and in memory that the
 * caller keeps. For one thread.
 */
interface NumberBaseline {
  /** Its name in files and options. */
  String name();

  /** Doubles that it keeps of a forecast until the label comes: the first is the forecast. */
  default int width() {
    return 1;
  }

  /** Values of a key's series that it looks back to from a forecast, the newest being 1. */
  default int lookback() {
    return 1;
  }

  /**
   * Takes in the newest value of a series. Modifies only memory and this.
   *
   * @param memory of the key
   */
  default void observe(Series series, Memory memory) {}

  /**
   * Forecasts the value so many steps after the newest. Modifies only said.
   *
   * @param said takes {@link #width} doubles from {@code at} on, the first of them NaN where it
   *     knows nothing
   */
  void forecast(Series series, int steps, Memory memory, double[] said, int at);

  /**
   * Learns from the label of a forecast. Modifies only memory and this.
   *
   * @param next number of the series' next value when the forecast was made
   * @param steps that the forecast looked ahead
   * @param said what it had kept of the forecast, from {@code at} on
   */
  default void settle(
      Series series, long next, int steps, double label, Memory memory, double[] said, int at) {}
}
