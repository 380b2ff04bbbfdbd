package eddy.report;

import eddy.surprise.Assessment;
import java.util.List;
import java.util.Objects;

/**
 * The labels of one origin that one event settled, beside what was predicted at the origin.
 *
 * @param originRow 0-based row of the event at which the predictions were made
 * @param labelRow 0-based row of the event that has the labels: later than the origin where targets
 *     lie ahead, earlier where events are labelled after others have followed; of a label that
 *     comes by itself, its own row
 * @param key of both events; empty where events have none
 * @param timestamp of the origin, in milliseconds since 1970-01-01T00:00Z
 * @param targets one entry per configured target, in their order
 * @param surprises how surprising each of them is; empty where they have not been assessed
 * @param drifts that were found at these labels
 */
public record ScoredLine(
    long originRow,
    long labelRow,
    String key,
    long timestamp,
    List<ScoredTarget> targets,
    List<Assessment> surprises,
    List<Drift> drifts) {
  public ScoredLine {
    Objects.requireNonNull(key, "key");
    targets = List.copyOf(targets);
    surprises = List.copyOf(surprises);
    drifts = List.copyOf(drifts);
    if (originRow < 0 || labelRow < 0) {
      throw new IllegalArgumentException(
          "rows are counted from 0, but label row "
              + labelRow
              + " settles origin row "
              + originRow);
    }
  }

  /** A line without drift. */
  public ScoredLine(
      long originRow,
      long labelRow,
      String key,
      long timestamp,
      List<ScoredTarget> targets,
      List<Assessment> surprises) {
    this(originRow, labelRow, key, timestamp, targets, surprises, List.of());
  }

  /** A line whose losses have not been assessed. */
  public ScoredLine(
      long originRow, long labelRow, String key, long timestamp, List<ScoredTarget> targets) {
    this(originRow, labelRow, key, timestamp, targets, List.of());
  }
}
