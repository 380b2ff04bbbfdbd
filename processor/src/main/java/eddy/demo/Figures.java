package eddy.demo;

import eddy.feature.TargetSpec;
import eddy.metric.Memory;
import eddy.report.ScoreTable;
import eddy.report.Scoreboard;
import eddy.report.ScoredLine;
import eddy.report.Scores;
import eddy.report.TargetScores;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** How far the demo is and how good the predictions are, as lines for people. For one thread. */
final class Figures {
  private final long events;
  private final Scores scores;
  private long firstPredicted;
  private double firstSeconds;

  /**
   * Nothing scored yet.
   *
   * @param events that are to be predicted
   */
  Figures(List<TargetSpec> targets, long events) {
    this.events = events;
    scores = Scores.of(targets);
  }

  void add(ScoredLine line) {
    scores.add(line);
  }

  Scores scores() {
    return scores;
  }

  /** Progress and skills in one line. */
  String line(long predicted, double seconds) {
    String progress = progress(predicted, seconds);
    return scores.scored() == 0 ? progress : progress + "; skill " + skills(scores.board());
  }

  /** Progress, the table of scores, and the skills of late. */
  List<String> lines(long predicted, double seconds) {
    List<String> lines = new ArrayList<>();
    lines.add(progress(predicted, seconds));
    lines.add("");
    ScoreTable.of(scores).lines().forEach(lines::add);
    lines.add("");
    lines.add(
        String.format(
            Locale.ROOT,
            "skill over the last %,d: %s",
            Memory.NEWEST,
            skills(scores.board(Memory.WINDOW))));
    return lines;
  }

  private String progress(long predicted, double seconds) {
    if (predicted == 0) {
      return "waiting for the first prediction";
    }
    if (firstPredicted == 0) {
      firstPredicted = predicted;
      firstSeconds = seconds;
    }
    String progress =
        String.format(
            Locale.ROOT,
            "%,d of %,d events predicted (%d%%)",
            predicted,
            events,
            100 * predicted / events);
    // predictions come by commits: one of them alone tells no rate
    double perSecond = (predicted - firstPredicted) / (seconds - firstSeconds);
    return predicted > firstPredicted && predicted < events
        ? progress
            + String.format(
                Locale.ROOT,
                ", %,.0f/s, %.0f s left",
                perSecond,
                Math.ceil((events - predicted) / perSecond))
        : progress;
  }

  private static String skills(Scoreboard board) {
    return board.targets().stream().map(Figures::skill).collect(Collectors.joining(", "));
  }

  private static String skill(TargetScores scores) {
    double skill = scores.skill();
    return Double.isFinite(skill)
        ? String.format(Locale.ROOT, "%s %+.1f%%", scores.target(), 100 * skill)
        : scores.target() + " -";
  }
}
