package eddy.task;

import eddy.query.TargetScore;
import eddy.query.TargetScore.Losses;
import java.util.ArrayList;
import java.util.List;

/** Sums the losses of a target, as a whole and as a curve. */
final class TargetTally {
  private static final int POINTS = 200;

  private final double[] curve = new double[2 * POINTS];
  private long labels;
  private double eddySum;
  private double persistenceSum;
  private double modelSum;

  /** Labels of a point of the curve; twice as many whenever the curve is full. */
  private long width = 1;

  /** Takes the losses of a label. */
  void take(double eddy, double persistence, double model) {
    eddySum += eddy;
    persistenceSum += persistence;
    modelSum += model;
    if (labels == width * POINTS) {
      halve();
    }
    int point = 2 * (int) (labels / width);
    curve[point] += eddy;
    curve[point + 1] += persistence;
    labels++;
  }

  private void halve() {
    width *= 2;
    for (int point = 0; point < POINTS; point++) {
      for (int i = 0; i < 2; i++) {
        boolean full = point < POINTS / 2;
        curve[2 * point + i] = full ? curve[4 * point + i] + curve[4 * point + 2 + i] : 0;
      }
    }
  }

  /** A copy of all sums, beside those of the newest labels. */
  TargetScore score(Losses window) {
    List<Losses> points = new ArrayList<>();
    for (int point = 0; point * width < labels; point++) {
      long count = Math.min(width, labels - point * width);
      points.add(new Losses(count, curve[2 * point], curve[2 * point + 1]));
    }
    return new TargetScore(labels, eddySum, persistenceSum, modelSum, window, points);
  }
}
