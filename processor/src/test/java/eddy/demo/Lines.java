package eddy.demo;

import eddy.config.TargetSyntax;
import eddy.feature.TargetSpec;
import eddy.learn.Outcome;
import eddy.report.ScoredLine;
import eddy.report.ScoredTarget;
import eddy.report.ScoredTarget.OfNumber;
import java.time.Instant;
import java.util.List;

/** Scored lines as the demo meets them. */
final class Lines {
  static final List<TargetSpec> TARGETS =
      TargetSyntax.parse("eddy.targets", "lat@+4,long@+4,wind@+4,pressure@+4");

  private Lines() {}

  /** A fix of which each target was predicted right but for an error. */
  static ScoredLine line(long row, double windNow, double error) {
    return new ScoredLine(
        row,
        row + 4,
        "Zoe-2026",
        Instant.parse("2026-08-01T06:00:00Z").toEpochMilli(),
        List.of(
            number(10, 11, error),
            number(-50, -52, error),
            number(windNow, 80, error),
            number(990, 985, error)));
  }

  private static ScoredTarget number(double now, double label, double error) {
    return new OfNumber(label, label + error, now, label + error, Outcome.Source.MODEL);
  }
}
