package eddy.feature;

import java.util.List;

/**
 * The season as sines and cosines of 1 and 2 turns in 365.2425 days, the mean Gregorian year.
 *
 * @param offsetMs added to the time first, such as the distance to the time that is forecast
 */
public record DayOfYear(long offsetMs) implements Transform {
  private static final long YEAR_MS = 31_556_952_000L;
  private static final int HARMONICS = 2;

  public DayOfYear {
    Offset.bounded(offsetMs);
  }

  static DayOfYear of(List<String> arguments) {
    return new DayOfYear(Offset.of("day-of-year", arguments));
  }

  @Override
  public Signal takes() {
    return Signal.TIME;
  }

  @Override
  public Signal gives() {
    return Signal.WAVES;
  }

  @Override
  public int outputs() {
    return 2 * HARMONICS;
  }

  @Override
  public String label(int output) {
    return Waves.label(output);
  }

  @Override
  public void apply(Input input, double[] value) {
    Waves.of(input.now(), offsetMs, YEAR_MS, HARMONICS, value);
  }

  @Override
  public String toString() {
    return "day-of-year" + Offset.suffix(offsetMs);
  }
}
