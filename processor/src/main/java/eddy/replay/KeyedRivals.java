package eddy.replay;

import eddy.baseline.ClassRivals;
import eddy.baseline.NumberRivals;
import eddy.learn.Outcome;
import eddy.report.ScoredTarget.Estimate;
import eddy.report.ScoredTarget.Opinion;
import java.util.Arrays;
import java.util.List;

/** What rivals keep of one key, and what they say of it. */
final class KeyedRivals {
  private final List<RivalTarget> targets;
  private final SharedRivals shared;
  private final NumberRivals.Key[] numbers;
  private final ClassRivals.Key[] classes;

  /**
   * Of a key that nothing was heard of.
   *
   * @param shared with other keys, or not
   */
  KeyedRivals(SharedRivals shared) {
    this.shared = shared;
    targets = shared.targets;
    numbers = new NumberRivals.Key[targets.size()];
    classes = new ClassRivals.Key[targets.size()];
    for (int t = 0; t < numbers.length; t++) {
      begin(t);
    }
  }

  private void begin(int t) {
    if (targets.get(t).category()) {
      classes[t] = shared.classes[t].newKey();
    } else {
      numbers[t] = shared.numbers[t].newKey();
    }
  }

  /** As the learner does: of what comes after its prediction, the newest stays. */
  void beginSequence() {
    for (int t = 0; t < numbers.length; t++) {
      if (targets.get(t).shown()) {
        begin(t);
      }
    }
  }

  void observe(int t, double number, String text) {
    if (targets.get(t).category()) {
      shared.classes[t].observe(text, classes[t]);
    } else {
      shared.numbers[t].observe(number, numbers[t]);
    }
  }

  void forecast(int t, long position, Outcome.Prediction prediction) {
    if (targets.get(t).category()) {
      shared.classes[t].forecast(position, classes[t]);
    } else {
      shared.numbers[t].forecast(position, steps(t), prediction.baseline, numbers[t]);
    }
  }

  private int steps(int t) {
    RivalTarget target = targets.get(t);
    return target.timed() ? shared.steps[t] : Math.max(1, target.spec().eventsAhead());
  }

  /** Says what was forecast of a label, and learns from it. Modifies this and what is said. */
  void settle(int t, Outcome.Settlement settlement, Said out) {
    long position = settlement.originPosition;
    if (targets.get(t).category()) {
      out.ofClass(t, classes(t, position, settlement.text[t]));
    } else {
      out.ofNumber(t, numbers(t, position, settlement.label[t]));
    }
  }

  private List<Opinion> classes(int t, long position, String label) {
    ClassRivals.Said[] said = shared.opinions[t];
    shared.classes[t].settle(position, label, classes[t], said);
    return Arrays.stream(said)
        .map(of -> Opinion.of(label, of.predicted, of.probability, of.rank))
        .toList();
  }

  private List<Estimate> numbers(int t, long position, double label) {
    int steps = steps(t);
    if (targets.get(t).timed()) {
      steps = (int) Math.max(0, shared.numbers[t].since(position, numbers[t])) + 1;
      shared.steps[t] = steps;
    }
    double[] said = shared.values[t];
    shared.numbers[t].settle(position, steps, label, numbers[t], said);
    return Arrays.stream(said).mapToObj(Estimate::new).toList();
  }
}
