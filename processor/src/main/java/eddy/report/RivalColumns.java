package eddy.report;

import eddy.feature.TargetSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * The columns of {@link PredictionsCsv} in which the rivals of one target have what they said: of a
 * number its value, of a class also the probability and the rank of the true one. The learner that
 * has stopped learning says of a number's uncertainty what the learner says.
 */
final class RivalColumns {
  private final List<String> names = new ArrayList<>();
  private final int[] columns; // by rival: index of its first
  private final int spread;

  /**
   * Columns of a target.
   *
   * @param rivals in the order of every line
   * @param spread what follows a number's name
   */
  RivalColumns(TargetSpec target, List<String> rivals, List<String> spread) {
    columns = new int[rivals.size()];
    this.spread = spread.size();
    for (int i = 0; i < columns.length; i++) {
      columns[i] = names.size();
      String name = target.name() + "." + rivals.get(i);
      names.add(name);
      if (target.category()) {
        names.add(name + ".probability");
        names.add(name + ".rank");
      } else if (rivals.get(i).equals(TargetScores.FROZEN)) {
        spread.forEach(more -> names.add(name + more));
      }
    }
  }

  /** Names of the columns. */
  List<String> names() {
    return names;
  }

  /** Fills in what was said of a label. Modifies only cells, from the first column on. */
  void fill(ScoredTarget scored, int first, String[] cells) {
    for (int i = 0; i < columns.length; i++) {
      int column = first + columns[i];
      if (scored instanceof ScoredTarget.OfNumber number) {
        ScoredTarget.Estimate rival = number.rivals().get(i);
        cells[column] = PredictionsCsv.text(rival.value());
        PredictionsCsv.fill(rival.spread(), spread, column + 1, cells);
      } else if (scored instanceof ScoredTarget.OfClass symbol) {
        ScoredTarget.Opinion rival = symbol.rivals().get(i);
        cells[column] = rival.predicted();
        cells[column + 1] = PredictionsCsv.text(rival.probability());
        cells[column + 2] = Integer.toString(rival.rank());
      }
    }
  }
}
