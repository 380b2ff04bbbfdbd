package eddy.replay;

import eddy.feature.TargetSpec;
import eddy.learn.Outcome;
import eddy.learn.Prequential;
import eddy.learn.Weights;
import eddy.report.Drift;
import eddy.report.ScoredLine;
import eddy.report.ScoredTarget;
import eddy.surprise.Assessment;
import eddy.task.KeyedLearner;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Lines to be scored, copied from what a learner has settled and will use anew. */
final class SettledLines {
  private final Prequential learner;
  private final List<TargetSpec> targets;
  private final Consumer<ScoredLine> lines;

  /**
   * Lines of a learner.
   *
   * @param targets of it
   * @param lines takes them
   */
  SettledLines(Prequential learner, List<TargetSpec> targets, Consumer<ScoredLine> lines) {
    this.learner = learner;
    this.targets = targets;
    this.lines = lines;
  }

  /**
   * Tells what an outcome has settled.
   *
   * @param keyed whose newest outcome it is
   * @param rivals that have taken it in
   */
  void tell(Outcome outcome, String key, KeyedLearner keyed, Rivals rivals) {
    for (int i = 0; i < outcome.settledOrigins; i++) {
      lines.accept(
          line(
              outcome.settlements[i],
              key,
              keyed.weights(),
              rivals.said(i),
              assessed(keyed, i),
              found(keyed, i)));
    }
  }

  private List<Assessment> assessed(KeyedLearner keyed, int settlement) {
    List<Assessment> assessed = new ArrayList<>(targets.size());
    for (int target = 0; target < targets.size(); target++) {
      assessed.add(keyed.scores().of(settlement, target));
    }
    return assessed;
  }

  private static List<Drift> found(KeyedLearner keyed, int settlement) {
    if (keyed.drift() == null || keyed.drift().newest().isEmpty()) {
      return List.of();
    }
    return keyed.drift().newest().stream()
        .filter(found -> found.settlement() == settlement)
        .map(found -> new Drift(found.target(), found.time(), found.before(), found.after()))
        .toList();
  }

  private ScoredLine line(
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
