package eddy.report.html;

import eddy.metric.ClassificationScore;
import eddy.report.ScoredTarget;
import eddy.report.TargetScores;
import java.util.ArrayList;
import java.util.List;

/**
 * Whose predictions a report compares: what was published, the learner alone, persistence, and then
 * the rivals of the run.
 *
 * <p>The loss is the absolute error of a number, or 0 and 1 for a class, for which saying nothing
 * is an error.
 */
final class Models {
  /** Where persistence stands among the names. */
  static final int PERSISTENCE = 2;

  private static final int FIRST_RIVAL = 3;

  private Models() {}

  /** Names in their order; what was published comes first. */
  static List<String> names(List<String> rivals) {
    List<String> names =
        new ArrayList<>(List.of(TargetScores.EDDY, TargetScores.MODEL, TargetScores.PERSISTENCE));
    names.addAll(rivals);
    return List.copyOf(names);
  }

  /**
   * The loss of each.
   *
   * @param losses by model, NaN where it said nothing; the only thing modified
   */
  static void losses(ScoredTarget.OfNumber number, double[] losses) {
    double label = number.label();
    losses[0] = Math.abs(number.predicted() - label);
    losses[1] = Math.abs(number.model() - label);
    losses[PERSISTENCE] = Math.abs(number.baseline() - label);
    for (int i = FIRST_RIVAL; i < losses.length; i++) {
      losses[i] = Math.abs(number.rivals().get(i - FIRST_RIVAL).value() - label);
    }
  }

  /**
   * The loss of each, and the bits that the probability of the true class costs it.
   *
   * @param losses by model; modified
   * @param bits by model, infinite for persistence where it is wrong; modified
   */
  static void losses(ScoredTarget.OfClass symbol, double[] losses, double[] bits) {
    String label = symbol.label();
    losses[0] = label.equals(symbol.predicted()) ? 0 : 1;
    losses[1] = label.equals(symbol.model()) ? 0 : 1;
    losses[PERSISTENCE] = label.equals(symbol.baseline()) ? 0 : 1;
    bits[0] = ClassificationScore.bits(symbol.probability());
    bits[1] = bits[0];
    bits[PERSISTENCE] = losses[PERSISTENCE] == 0 ? 0 : Double.POSITIVE_INFINITY;
    for (int i = FIRST_RIVAL; i < losses.length; i++) {
      ScoredTarget.Opinion rival = symbol.rivals().get(i - FIRST_RIVAL);
      losses[i] = label.equals(rival.predicted()) ? 0 : 1;
      bits[i] = ClassificationScore.bits(rival.probability());
    }
  }
}
