package eddy.replay;

import eddy.feature.TargetSpec;
import eddy.learn.Outcome;
import eddy.learn.Prequential;
import eddy.learn.Weights;
import eddy.report.Drift;
import eddy.report.ScoredLine;
import eddy.report.ScoredTarget;
import eddy.surprise.Assessment;
import java.util.ArrayList;
import java.util.List;

/** Lines to be scored, copied from what a learner has settled and will use anew. */
final class SettledLines {
  private final Prequential learner;
  private final List<TargetSpec> targets;

  /**
   * Lines of a learner.
   *
   * @param targets of it
   */
  SettledLines(Prequential learner, List<TargetSpec> targets) {
    this.learner = learner;
    this.targets = targets;
  }

  /**
   * The line of a settlement.
   *
   * @param weights by which classes have their names
   * @param said what the rivals said of the same
   * @param surprises by target
   * @param drifts that were found in it
   */
  ScoredLine of(
      Outcome.Settlement settlement,
      String key,
      Weights weights,
      Said said,
      List<Assessment> surprises,
      List<Drift> drifts) {
    List<ScoredTarget> scored = new ArrayList<>(targets.size());
    for (int target = 0; target < targets.size(); target++) {
      scored.add(
          settlement.settled[target]
              ? scored(target, settlement, weights, said)
              : ScoredTarget.UNSETTLED);
    }
    return new ScoredLine(
        settlement.originPosition,
        settlement.labelPosition,
        key,
        settlement.originTimestamp,
        scored,
        surprises,
        drifts);
  }

  private ScoredTarget scored(
      int target, Outcome.Settlement settlement, Weights weights, Said said) {
    Outcome.Prediction prediction = settlement.prediction[target];
    if (!targets.get(target).category()) {
      return new ScoredTarget.OfNumber(
          settlement.label[target],
          prediction.value,
          prediction.baseline,
          prediction.model,
          prediction.source,
          prediction.spread(),
          said.numbers(target));
    }
    return new ScoredTarget.OfClass(
        // by its text, since a slot may stand for several classes
        settlement.text[target],
        className(weights, target, prediction.value),
        className(weights, target, prediction.baseline),
        className(weights, target, prediction.model),
        prediction.source,
        prediction.probability,
        prediction.rank((int) settlement.label[target]),
        prediction.model >= 0 ? prediction.distribution[(int) prediction.model] : Double.NaN,
        said.classes(target));
  }

  private String className(Weights weights, int target, double slot) {
    return slot >= 0 ? learner.className(weights, target, (int) slot) : null;
  }
}
