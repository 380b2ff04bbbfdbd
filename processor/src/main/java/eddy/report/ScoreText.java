package eddy.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * {@link Scores} for people, on 100 columns: the table, then skill against every baseline, and
 * where there is something to tell horizons, uncertainty, rankings, and the best and worst keys.
 */
public final class ScoreText {
  static final int WIDTH = 100;

  private static final int GAP = 2; // between columns
  private static final int SHARE = 7; // characters of +100.0%
  private static final int NAMED_KEYS = 2;

  private final Scores scores;
  private final StringBuilder text = new StringBuilder();

  private ScoreText(Scores scores) {
    this.scores = scores;
  }

  /** Lines ended by {@code \n}. */
  public static String of(Scores scores) {
    ScoreText all = new ScoreText(scores);
    all.text.append(ScoreTable.of(scores));
    if (scores.scored() > 0) {
      all.baselines();
      all.horizons();
      all.uncertainty();
      all.keys();
      all.gate();
    }
    return all.text.toString();
  }

  private void table(String title, List<String[]> rows, String... head) {
    if (!rows.isEmpty()) {
      text.append('\n');
      head[0] = title;
      TextTable.append(text, rows, head);
    }
  }

  /** Skill of what was published, a line a baseline, a column a target. */
  private void baselines() {
    List<TargetScores> left = scores.board().targets();
    while (!left.isEmpty()) {
      int beside = beside(left);
      baselines(left.subList(0, beside));
      left = left.subList(beside, left.size());
    }
  }

  /** How many targets the columns have room for. */
  private static int beside(List<TargetScores> targets) {
    int width = Figure.NAME;
    int count = 0;
    while (count < targets.size()
        && width + GAP + Figure.name(targets.get(count).target()).length() <= WIDTH) {
      width += GAP + Math.max(SHARE, Figure.name(targets.get(count).target()).length());
      count++;
    }
    return count;
  }

  private void baselines(List<TargetScores> beside) {
    Set<String> baselines = new LinkedHashSet<>();
    beside.forEach(target -> baselines.addAll(target.baselines()));
    if (baselines.size() == 1) {
      return; // the first table has it
    }
    String[] head = new String[beside.size() + 1];
    List<String[]> rows = new ArrayList<>();
    for (int i = 0; i < beside.size(); i++) {
      head[i + 1] = Figure.name(beside.get(i).target());
    }
    for (String baseline : baselines) {
      String[] row = new String[head.length];
      row[0] = Figure.name(baseline);
      for (int i = 0; i < beside.size(); i++) {
        TargetScores target = beside.get(i);
        row[i + 1] =
            target.baselines().contains(baseline) ? Figure.percent(target.skill(baseline)) : "";
      }
      rows.add(row);
    }
    table("skill against", rows, head);
  }

  private void horizons() {
    List<String[]> rows = new ArrayList<>();
    for (Map.Entry<String, List<TargetScores>> field : scores.horizons().entrySet()) {
      for (TargetScores target : field.getValue()) {
        rows.add(
            new String[] {
              Figure.name(target.target()),
              target instanceof NumberScores number
                  ? Figure.digits(number.of(TargetScores.EDDY).mae())
                  : Figure.digits(((ClassScores) target).of(TargetScores.EDDY).accuracy()),
              target instanceof NumberScores number
                  ? Figure.digits(number.mase(TargetScores.EDDY))
                  : "-",
              Figure.percent(target.skill())
            });
      }
    }
    table("by horizon", rows, "", "MAE, accuracy", "MASE", "skill");
  }

  private void uncertainty() {
    List<String[]> rows = new ArrayList<>();
    for (TargetScores target : scores.board().targets()) {
      if (target instanceof NumberScores number) {
        boolean normal = number.normal().count() > 0;
        (normal ? number.normal().intervals() : number.quantiles().intervals())
            .forEach(
                interval ->
                    rows.add(
                        new String[] {
                          Figure.name(target.target()),
                          share(interval.nominal()),
                          share(interval.coverage()),
                          Figure.digits(interval.width()),
                          Figure.digits(
                              normal ? number.normal().pinball() : number.quantiles().pinball()),
                          Figure.percent(number.skillAgainst(TargetScores.PERSISTENCE).pinball())
                        }));
      }
    }
    table("intervals", rows, "", "should hold", "hold", "mean width", "pinball", "skill");
  }

  private static String share(double value) {
    return String.format(Locale.ROOT, "%.1f%%", 100 * value);
  }

  private void keys() {
    List<String[]> rows = new ArrayList<>();
    for (int i = 0; i < scores.targets().size(); i++) {
      List<KeyScore> keys = scores.keys().of(i);
      if (keys.size() > 1) {
        int named = Math.min(NAMED_KEYS, keys.size() / 2);
        String best = "best  " + named(keys.subList(0, named));
        String worst = "worst " + named(KeyScores.worst(keys, named));
        rows.add(
            new String[] {
              Figure.name(scores.board().targets().get(i).target()),
              Integer.toString(keys.size()),
              share(KeyScores.better(keys)),
              best
            });
        rows.add(new String[] {"", "", "", worst});
      }
    }
    // to the left, as the texts that they are
    int width = rows.stream().mapToInt(row -> row[3].length()).max().orElse(0);
    rows.forEach(row -> row[3] += " ".repeat(width - row[3].length()));
    table(scores.keys().complete() ? "by key" : "by frequent key", rows, "", "keys", "better", "");
  }

  private static String named(List<KeyScore> keys) {
    List<String> names = new ArrayList<>();
    for (KeyScore key : keys) {
      names.add(Figure.shortName(key.key()) + " " + Figure.percent(key.skill()));
    }
    return String.join(", ", names);
  }

  private void gate() {
    List<String[]> rows = new ArrayList<>();
    for (int i = 0; i < scores.targets().size(); i++) {
      TargetScores target = scores.board().targets().get(i);
      if (scores.fromBaseline(i) > 0) {
        rows.add(
            new String[] {
              Figure.name(target.target()),
              String.format(Locale.ROOT, "%,d", scores.fromBaseline(i)),
              String.format(Locale.ROOT, "%,d", target.scored())
            });
      }
    }
    table("baseline published", rows, "", "rows", "of");
  }
}
