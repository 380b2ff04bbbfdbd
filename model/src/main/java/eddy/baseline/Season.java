package eddy.baseline;

/** After how many values a series repeats itself. For one thread. */
interface Season {
  /** Values of a season; 0 where none is known. */
  int period();

  /** Values that it looks back to. */
  int lookback();

  /** Takes in the newest value of a series. Modifies only this. */
  void observe(Series series);

  /** A season that is given. */
  static Season of(int period) {
    if (period < 1 || period > SeasonFinder.LONGEST_GIVEN) {
      throw new IllegalArgumentException(
          "a season must have between 1 and "
              + SeasonFinder.LONGEST_GIVEN
              + " events but has "
              + period);
    }
    return new Season() {
      @Override
      public int period() {
        return period;
      }

      @Override
      public int lookback() {
        return period;
      }

      @Override
      public void observe(Series series) {}
    };
  }
}
