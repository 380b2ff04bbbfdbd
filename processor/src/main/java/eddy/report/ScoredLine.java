package eddy.report;

import java.util.List;
import java.util.Objects;

/**
 * The labels of one origin that one event settled, beside what was predicted at the origin.
 *
 * @param originRow 0-based row of the event that made the predictions
 * @param labelRow 0-based row of the event that brought the labels
 * @param key of both events; empty where events have none
 * @param timestamp of the origin, in milliseconds since 1970-01-01T00:00Z
 * @param targets one entry per configured target, in their order
 */
public record ScoredLine(
    long originRow, long labelRow, String key, long timestamp, List<ScoredTarget> targets) {
  public ScoredLine {
    Objects.requireNonNull(key, "key");
    targets = List.copyOf(targets);
    if (originRow < 0 || labelRow < originRow) {
      throw new IllegalArgumentException(
          "a label's row must be at or after its origin's, but label row "
              + labelRow
              + " settles origin row "
              + originRow);
    }
  }
}
