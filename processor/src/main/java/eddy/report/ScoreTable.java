package eddy.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A {@link Scoreboard} as a table for people: one line per target, numbers above classes.
 *
 * <p>Shows what was published beside persistence. Files for programs are {@link MetricsJson}.
 */
public final class ScoreTable {
  private static final int DIGITS = 4;

  private ScoreTable() {}

  /** The table, lines ended by {@code \n}; a score that is not defined yet is {@code -}. */
  public static String of(Scoreboard board) {
    List<String[]> numbers = new ArrayList<>();
    List<String[]> classes = new ArrayList<>();
    for (TargetScores target : board.targets()) {
      if (target instanceof NumberScores number) {
        numbers.add(row(number));
      } else if (target instanceof ClassScores symbol) {
        classes.add(row(symbol));
      }
    }
    StringBuilder table = new StringBuilder();
    TextTable.append(
        table, numbers, "target", "scored", "MAE", "persistence", "skill", "RMSE", "WAPE");
    if (!numbers.isEmpty() && !classes.isEmpty()) {
      table.append('\n');
    }
    TextTable.append(
        table, classes, "target", "scored", "accuracy", "last class", "skill", "bits", "kappa");
    return table.toString();
  }

  private static String[] row(NumberScores scores) {
    return new String[] {
      scores.target(),
      Long.toString(scores.scored()),
      digits(scores.of(TargetScores.EDDY).mae()),
      digits(scores.of(TargetScores.PERSISTENCE).mae()),
      percent(scores.skill()),
      digits(scores.of(TargetScores.EDDY).rmse()),
      digits(scores.of(TargetScores.EDDY).wape())
    };
  }

  private static String[] row(ClassScores scores) {
    return new String[] {
      scores.target(),
      Long.toString(scores.scored()),
      digits(scores.of(TargetScores.EDDY).accuracy()),
      digits(scores.of(TargetScores.PERSISTENCE).accuracy()),
      percent(scores.skill()),
      digits(scores.of(TargetScores.EDDY).logLossBits()),
      digits(scores.of(TargetScores.EDDY).kappaTemporal())
    };
  }

  private static String percent(double share) {
    return Double.isFinite(share) ? String.format(Locale.ROOT, "%+.1f%%", 100 * share) : "-";
  }

  private static String digits(double value) {
    if (Double.isNaN(value)) {
      return "-";
    }
    if (Double.isInfinite(value)) {
      return "inf";
    }
    double size = Math.abs(value);
    if (size != 0 && (size >= 1e9 || size < 1e-3)) {
      return String.format(Locale.ROOT, "%.3e", value);
    }
    int whole = size < 1 ? 0 : (int) Math.log10(size) + 1;
    return String.format(Locale.ROOT, "%." + Math.max(0, DIGITS - whole) + "f", value);
  }
}
