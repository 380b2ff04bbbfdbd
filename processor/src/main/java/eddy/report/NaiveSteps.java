package eddy.report;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * By how much the labels of a key change from one to the next: the errors of a naive forecast one
 * step ahead, which MASE is scaled by.
 *
 * <p>Remembers the newest label of the {@value #MOST} keys that were heard of last; the first step
 * of a key that comes back after more others is left out.
 */
final class NaiveSteps {
  static final int MOST = 65_536;

  private final Map<String, double[]> last =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, double[]> eldest) {
          return size() > MOST;
        }
      };

  private final double[] steps; // by target

  NaiveSteps(int targets) {
    steps = new double[targets];
  }

  /**
   * Takes in the labels of a line. Modifies only this.
   *
   * @return by target, how far the label lies from the one before it; NaN where there is none, or
   *     where it is no number. Valid until the next call
   */
  double[] of(ScoredLine line) {
    List<ScoredTarget> targets = line.targets();
    double[] before = last.get(line.key());
    if (before == null) {
      before = new double[steps.length];
      Arrays.fill(before, Double.NaN);
      last.put(line.key(), before);
    }
    for (int i = 0; i < steps.length; i++) {
      steps[i] = Double.NaN;
      if (targets.get(i) instanceof ScoredTarget.OfNumber number) {
        steps[i] = Math.abs(number.label() - before[i]);
        before[i] = number.label();
      }
    }
    return steps;
  }
}
