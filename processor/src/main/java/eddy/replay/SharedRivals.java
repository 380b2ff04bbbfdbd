package eddy.replay;

import eddy.baseline.Baselines;
import eddy.baseline.ClassRivals;
import eddy.baseline.NumberRivals;
import java.util.Arrays;
import java.util.List;

/** What keys share: the baselines of every target, of which a number has one sort. */
final class SharedRivals {
  final List<RivalTarget> targets;
  final NumberRivals[] numbers;
  final ClassRivals[] classes;

  /** By target, what each has said of the newest label. */
  final double[][] values;

  final ClassRivals.Said[][] opinions;

  /** By target at a time: events that the newest label lay after its origin. */
  final int[] steps;

  /** Baselines that have learned nothing. */
  SharedRivals(Baselines baselines, List<RivalTarget> targets) {
    this.targets = targets;
    int count = targets.size();
    numbers = new NumberRivals[count];
    classes = new ClassRivals[count];
    values = new double[count][];
    opinions = new ClassRivals.Said[count][];
    steps = new int[count];
    Arrays.fill(steps, 1);
    for (int t = 0; t < count; t++) {
      RivalTarget target = targets.get(t);
      if (target.category()) {
        classes[t] = baselines.ofClass(target.spec().slots(), target.waiting());
        opinions[t] = new ClassRivals.Said[classes[t].names().size()];
        Arrays.setAll(opinions[t], i -> new ClassRivals.Said());
      } else {
        numbers[t] = baselines.ofNumber(target.ordered(), target.waiting());
        values[t] = new double[numbers[t].names().size()];
      }
    }
  }
}
