package eddy.cli;

import eddy.config.EddyConfig;
import eddy.replay.ReplaySummary;
import eddy.report.html.ReportFacts;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** What the report of a replay tells of how it was made. */
final class ReplayFacts {
  private static final String UNNAMED = "replay";

  private ReplayFacts() {}

  /**
   * The facts.
   *
   * @param arguments of the command, as typed
   * @param timed whether events have times
   */
  static ReportFacts of(
      List<String> arguments, EddyConfig config, boolean timed, ReplaySummary summary) {
    SortedMap<String, String> configuration = new TreeMap<>();
    config.originals().forEach((key, value) -> configuration.put(key, String.valueOf(value)));
    return new ReportFacts(
        configuration.getOrDefault("application.id", UNNAMED),
        arguments,
        configuration,
        config.learnerSpec().seed(),
        Eddy.Version.TEXT,
        Instant.now(),
        timed,
        summary.rejections().reasons().stream()
            .map(each -> new ReportFacts.Rejection(each.text(), each.count(), each.firstRow()))
            .toList());
  }
}
