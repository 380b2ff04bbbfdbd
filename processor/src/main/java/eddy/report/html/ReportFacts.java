package eddy.report.html;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a report tells of a replay beside its scores.
 *
 * @param title what was replayed, for people
 * @param command as it was typed
 * @param configuration by key, secrets among them; the page hides these
 * @param seed of the initial weights
 * @param version of Eddy
 * @param made when
 * @param timed whether events have times; without, their row stands in its place
 * @param rejections why events were rejected
 */
public record ReportFacts(
    String title,
    List<String> command,
    SortedMap<String, String> configuration,
    long seed,
    String version,
    Instant made,
    boolean timed,
    List<Rejection> rejections) {
  /** Events rejected for one reason. */
  public record Rejection(String reason, long count, long firstRow) {}

  public ReportFacts {
    Objects.requireNonNull(title, "title");
    Objects.requireNonNull(version, "version");
    Objects.requireNonNull(made, "made");
    command = List.copyOf(command);
    configuration = hidden(configuration);
    rejections = List.copyOf(rejections);
  }

  private static SortedMap<String, String> hidden(Map<String, String> configuration) {
    SortedMap<String, String> shown = new TreeMap<>();
    configuration.forEach((key, value) -> shown.put(key, Secrets.hide(key, value)));
    return shown;
  }
}
