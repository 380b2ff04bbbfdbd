package eddy.cli;

import eddy.event.TimeText;
import eddy.replay.TopicRange;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which records of every partition of a topic are read. */
final class RangeOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec specification;

  @Option(
      names = "--from-offset",
      paramLabel = "N",
      description = "First offset of every partition; without it the earliest.")
  private Long fromOffset;

  @Option(
      names = "--to-offset",
      paramLabel = "N",
      description = "Offset after the last one; without it where the partition ends now.")
  private Long toOffset;

  @Option(
      names = "--from-time",
      paramLabel = "TIME",
      description = "Begin at the first record that is not earlier, such as 2026-01-31T12:00Z.")
  private String fromTime;

  @Option(
      names = "--to-time",
      paramLabel = "TIME",
      description = "End before the first record that is not earlier.")
  private String toTime;

  /** The options and what they were given; null where they were not. */
  Map<String, Object> given() {
    Map<String, Object> given = new LinkedHashMap<>();
    given.put("--from-offset", fromOffset);
    given.put("--to-offset", toOffset);
    given.put("--from-time", fromTime);
    given.put("--to-time", toTime);
    return given;
  }

  /** Refuses two bounds for one end. */
  void requireFitting() {
    refuseBoth("--from-offset", fromOffset, "--from-time", fromTime);
    refuseBoth("--to-offset", toOffset, "--to-time", toTime);
  }

  private void refuseBoth(String one, Object oneValue, String other, Object otherValue) {
    if (oneValue != null && otherValue != null) {
      throw wrong(one + " and " + other + " exclude each other; remove one");
    }
  }

  private ParameterException wrong(String problem) {
    return new ParameterException(specification.commandLine(), problem);
  }

  TopicRange range() {
    return new TopicRange(
        bound("--from-offset", fromOffset, "--from-time", fromTime),
        bound("--to-offset", toOffset, "--to-time", toTime));
  }

  private TopicRange.Bound bound(
      String offsetOption, Long offset, String timeOption, String timeText) {
    if (offset != null) {
      if (offset < 0) {
        throw wrong(offsetOption + " must be >= 0 but was " + offset);
      }
      return new TopicRange.Bound.Offset(offset);
    }
    if (timeText == null) {
      return null;
    }
    long milliseconds = TimeText.parse(timeText);
    if (milliseconds == TimeText.NONE) {
      throw wrong(timeOption + " " + timeText + " is no time; write 2026-01-31T12:00Z");
    }
    return new TopicRange.Bound.Time(milliseconds);
  }
}
