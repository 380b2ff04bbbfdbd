package eddy.feature;

import java.util.List;

/**
 * The UTC time of day as sines and cosines of 1, 2 and 3 turns a day.
 *
 * @param offsetMs added to the time first, such as the distance to the time that is forecast
 */
public record HourOfDay(long offsetMs) implements Transform {
  private static final long DAY_MS = 86_400_000L;
  private static final int HARMONICS = 3;

  public HourOfDay {
    Offset.bounded(offsetMs);
  }

  static HourOfDay of(List<String> arguments) {
    return new HourOfDay(Offset.of("hour-of-day", arguments));
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
    Waves.of(input.now(), offsetMs, DAY_MS, HARMONICS, value);
  }

  @Override
  public String toString() {
    return "hour-of-day" + Offset.suffix(offsetMs);
  }
}
