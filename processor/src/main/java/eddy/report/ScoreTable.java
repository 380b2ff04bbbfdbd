package eddy.report;

import eddy.metric.Memory;
import java.util.ArrayList;
import java.util.List;

/**
 * {@link Scores} as a table for people: one line per target, numbers above classes, what was
 * published beside persistence.
 *
 * <p>{@link ScoreText} says more; files for programs are {@link MetricsJson}.
 */
public final class ScoreTable {
  private static final String LATE = "last " + Memory.NEWEST;

  private ScoreTable() {}

  /** The table, lines ended by {@code \n}; a score that is not defined yet is {@code -}. */
  public static String of(Scores scores) {
    List<String[]> numbers = new ArrayList<>();
    List<String[]> classes = new ArrayList<>();
    for (int i = 0; i < scores.targets().size(); i++) {
      TargetScores target = scores.board().targets().get(i);
      double late = scores.board(Memory.WINDOW).targets().get(i).skill();
      if (target instanceof NumberScores number) {
        numbers.add(row(number, late));
      } else if (target instanceof ClassScores symbol) {
        classes.add(row(symbol, late));
      }
    }
    StringBuilder table = new StringBuilder();
    TextTable.append(
        table,
        numbers,
        "target",
        "scored",
        "MAE",
        "persistence",
        "skill",
        LATE,
        "RMSE",
        "WAPE",
        "MASE");
    if (!numbers.isEmpty() && !classes.isEmpty()) {
      table.append('\n');
    }
    TextTable.append(
        table,
        classes,
        "target",
        "scored",
        "accuracy",
        "last class",
        "skill",
        LATE,
        "bits",
        "kappa",
        "top 3");
    return table.toString();
  }

  private static String[] row(NumberScores scores, double late) {
    return new String[] {
      Figure.name(scores.target()),
      Long.toString(scores.scored()),
      Figure.digits(scores.of(TargetScores.EDDY).mae()),
      Figure.digits(scores.of(TargetScores.PERSISTENCE).mae()),
      Figure.percent(scores.skill()),
      Figure.percent(late),
      Figure.digits(scores.of(TargetScores.EDDY).rmse()),
      Figure.digits(scores.of(TargetScores.EDDY).wape()),
      Figure.digits(scores.mase(TargetScores.EDDY))
    };
  }

  private static String[] row(ClassScores scores, double late) {
    return new String[] {
      Figure.name(scores.target()),
      Long.toString(scores.scored()),
      Figure.digits(scores.of(TargetScores.EDDY).accuracy()),
      Figure.digits(scores.of(TargetScores.PERSISTENCE).accuracy()),
      Figure.percent(scores.skill()),
      Figure.percent(late),
      Figure.digits(scores.of(TargetScores.EDDY).logLossBits()),
      Figure.digits(scores.of(TargetScores.EDDY).kappaTemporal()),
      Figure.digits(scores.top(TargetScores.EDDY).within(1))
    };
  }
}
