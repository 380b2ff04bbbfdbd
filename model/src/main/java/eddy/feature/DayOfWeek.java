package eddy.feature;

import java.util.List;

/**
 * The UTC day of the week, one input for each, Monday first.
 *
 * @param offsetMs added to the time first, such as the distance to the time that is forecast
 */
public record DayOfWeek(long offsetMs) implements Transform {
  private static final long DAY_MS = 86_400_000L;
  private static final int DAYS = 7;
  private static final List<String> LABELS =
      List.of("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday");

  public DayOfWeek {
    Offset.bounded(offsetMs);
  }

  static DayOfWeek of(List<String> arguments) {
    return new DayOfWeek(Offset.of("day-of-week", arguments));
  }

  @Override
  public Signal takes() {
    return Signal.TIME;
  }

  @Override
  public Signal gives() {
    return Signal.SLOT;
  }

  @Override
  public int outputs() {
    return DAYS;
  }

  @Override
  public String label(int output) {
    return LABELS.get(output);
  }

  @Override
  public void apply(Input input, double[] value) {
    double time = input.now();
    if (Double.isNaN(time)) {
      value[0] = Double.NaN;
      return;
    }
    long days = Math.floorDiv((long) Math.floor(time) + offsetMs, DAY_MS);
    // 1970-01-01 was a Thursday, three days after a Monday
    value[0] = Math.floorMod(days + 3, DAYS);
  }

  @Override
  public String toString() {
    return "day-of-week" + Offset.suffix(offsetMs);
  }
}
