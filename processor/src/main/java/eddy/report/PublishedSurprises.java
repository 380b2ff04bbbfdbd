package eddy.report;

import eddy.surprise.Assessment;
import eddy.surprise.KeyLosses;
import eddy.surprise.Surprise;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How surprising it is what became of published predictions, as a replay of the same events has it.
 * Keeps the losses of every key. For one thread.
 */
final class PublishedSurprises {
  private final int targets;
  private final Surprise surprise = new Surprise();
  private final Map<String, KeyLosses> keys = new HashMap<>();
  private final KeyLosses all;

  PublishedSurprises(int targets) {
    this.targets = targets;
    all = new KeyLosses(targets);
  }

  /** Assesses the settled targets of the next line. Modifies only what is remembered. */
  List<Assessment> of(String key, List<ScoredTarget> scored) {
    KeyLosses own = keys.computeIfAbsent(key, name -> new KeyLosses(targets));
    List<Assessment> assessed = new ArrayList<>(targets);
    for (int t = 0; t < targets; t++) {
      double loss = loss(scored.get(t));
      if (Double.isNaN(loss)) {
        assessed.add(Assessment.NONE);
      } else {
        surprise.take(own.of(t), all.of(t), loss, t);
        assessed.add(new Assessment(loss, surprise.probability(), surprise.score()));
      }
    }
    return assessed;
  }

  private static double loss(ScoredTarget scored) {
    if (scored instanceof ScoredTarget.OfNumber number) {
      return Math.abs(number.predicted() - number.label());
    }
    return scored instanceof ScoredTarget.OfClass symbol
        ? -StrictMath.log(symbol.probability())
        : Double.NaN;
  }
}
