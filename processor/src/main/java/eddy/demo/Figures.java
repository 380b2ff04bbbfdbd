package eddy.demo;

import eddy.feature.TargetSpec;
import eddy.metric.RunningMean;
import eddy.report.ScoreTable;
import eddy.report.Scoreboard;
import eddy.report.ScoredLine;
import eddy.report.TargetScores;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** How far the demo is and how good the predictions are, as lines for people. For one thread. */
final class Figures {
  private static final int RECENT = 1000;

  private final long events;
  private final Scoreboard board;
  private final Scoreboard recent;
  private long firstPredicted;
  private double firstSeconds;

  /**
   * Nothing scored yet.
   *
   * @param events that are to be predicted
   */
  Figures(List<TargetSpec> targets, long events) {
    this.events = events;
    board = Scoreboard.of(targets);
    recent = Scoreboard.of(targets, () -> RunningMean.windowed(RECENT));
  }

  void add(ScoredLine line) {
    board.add(line);
    recent.add(line);
  }

  /** Scores of everything. */
  Scoreboard board() {
    return board;
  }

  /** Progress and skills in one line. */
  String line(long predicted, double seconds) {
    String progress = progress(predicted, seconds);
    return board.scored() == 0 ? progress : progress + "; skill " + skills(board);
  }

  /** Progress, the table of scores, and the skills of late. */
  List<String> lines(long predicted, double seconds) {
    List<String> lines = new ArrayList<>();
    lines.add(progress(predicted, seconds));
    lines.add("");
    ScoreTable.of(board).lines().forEach(lines::add);
    lines.add("");
    lines.add(String.format(Locale.ROOT, "skill over the last %,d: %s", RECENT, skills(recent)));
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

  private static String skills(Scoreboard scores) {
    return scores.targets().stream().map(Figures::skill).collect(Collectors.joining(", "));
  }

  private static String skill(TargetScores scores) {
    double skill = scores.skill();
    return Double.isFinite(skill)
        ? String.format(Locale.ROOT, "%s %+.1f%%", scores.target(), 100 * skill)
        : scores.target() + " -";
  }
}
