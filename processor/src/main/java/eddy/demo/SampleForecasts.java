package eddy.demo;

import eddy.feature.TargetSpec;
import eddy.report.ScoredLine;
import eddy.report.ScoredTarget.OfNumber;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Forecasts for people to look at: hurricanes, spread evenly over the second half of the stream.
 *
 * <p>Which ones is decided by what was known when they were made: each is the first fix of at least
 * hurricane force after its place in the stream.
 */
final class SampleForecasts {
  private static final int COUNT = 10;
  private static final double HURRICANE_KNOTS = 64;
  private static final String FORMAT = "%-14s %-16s  %-19s  %-19s  %-19s  %-13s  %s%n";

  private final int latitude;
  private final int longitude;
  private final int wind;
  private final long from;
  private final long step;
  private final List<ScoredLine> samples = new ArrayList<>();

  /**
   * No samples yet.
   *
   * @param events in the whole stream
   */
  SampleForecasts(List<TargetSpec> targets, long events) {
    List<String> names = targets.stream().map(TargetSpec::name).toList();
    latitude = names.indexOf("lat@+4");
    longitude = names.indexOf("long@+4");
    wind = names.indexOf("wind@+4");
    from = events / 2;
    step = Math.max(1, (events - from) / COUNT);
  }

  /** Takes a scored forecast, and keeps it if it is to be a sample. */
  void offer(ScoredLine line) {
    if (samples.size() < COUNT
        && line.originRow() >= from + samples.size() * step
        && isSettled(line)
        && number(line, wind).baseline() >= HURRICANE_KNOTS) {
      samples.add(line);
    }
  }

  // a configuration that was changed by the environment may forecast something else
  private boolean isSettled(ScoredLine line) {
    for (int target : new int[] {latitude, longitude, wind}) {
      if (target < 0 || !(line.targets().get(target) instanceof OfNumber)) {
        return false;
      }
    }
    return true;
  }

  private static OfNumber number(ScoredLine line, int target) {
    return (OfNumber) line.targets().get(target);
  }

  /** The samples as a table; empty where there are none. */
  String table() {
    if (samples.isEmpty()) {
      return "";
    }
    StringBuilder table =
        new StringBuilder(
            String.format(
                FORMAT,
                "storm",
                "time (UTC)",
                "now",
                "forecast",
                "what happened",
                "missed by",
                "no change"));
    samples.forEach(line -> table.append(row(line)));
    return table.toString();
  }

  private String row(ScoredLine line) {
    OfNumber lat = number(line, latitude);
    OfNumber lon = number(line, longitude);
    OfNumber knots = number(line, wind);
    return String.format(
        FORMAT,
        line.key(),
        Instant.ofEpochMilli(line.timestamp()).toString().substring(0, 16).replace('T', ' '),
        // persistence says what the storm is at now
        place(lat.baseline(), lon.baseline(), knots.baseline()),
        place(lat.predicted(), lon.predicted(), knots.predicted()),
        place(lat.label(), lon.label(), knots.label()),
        miss(lat, lon, knots, lat.predicted(), lon.predicted(), knots.predicted()),
        miss(lat, lon, knots, lat.baseline(), lon.baseline(), knots.baseline()));
  }

  private static String place(double latitude, double longitude, double knots) {
    return String.format(
        Locale.ROOT,
        "%4.1f%s %5.1f%s %3.0fkt",
        Math.abs(latitude),
        latitude < 0 ? "S" : "N",
        Math.abs(longitude),
        longitude < 0 ? "W" : "E",
        knots);
  }

  private static String miss(
      OfNumber lat, OfNumber lon, OfNumber knots, double latitude, double longitude, double wind) {
    return String.format(
        Locale.ROOT,
        "%4.0f km %2.0f kt",
        kilometres(lat.label(), lon.label(), latitude, longitude),
        Math.abs(knots.label() - wind));
  }

  /** Great-circle distance of two places in degrees, on a sphere of 6371 km. */
  static double kilometres(double latitude, double longitude, double toLatitude, double toLong) {
    double north = StrictMath.sin(Math.toRadians(toLatitude - latitude) / 2);
    double east = StrictMath.sin(Math.toRadians(toLong - longitude) / 2);
    double chord =
        north * north
            + StrictMath.cos(Math.toRadians(latitude))
                * StrictMath.cos(Math.toRadians(toLatitude))
                * east
                * east;
    return 2 * 6371 * StrictMath.asin(Math.min(1, Math.sqrt(chord)));
  }
}
