package eddy.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import eddy.query.TargetScore;
import eddy.query.TargetScore.Losses;
import java.util.List;

/** The learning curve of a target over all tasks: mean losses by the share of labels so far. */
final class Curve {
  private static final int POINTS = 200;

  private Curve() {}

  /** Adds up to 200 points [labels, eddy, persistence]. Modifies only the array. */
  static void write(List<TargetScore> tasks, ArrayNode array) {
    int points = tasks.stream().mapToInt(task -> task.curve().size()).max().orElse(0);
    points = Math.min(points, POINTS);
    long labels = 0;
    for (int point = 0; point < points; point++) {
      long count = 0;
      double eddy = 0;
      double persistence = 0;
      for (TargetScore task : tasks) {
        int size = task.curve().size();
        for (int i = point * size / points; i < (point + 1) * size / points; i++) {
          Losses losses = task.curve().get(i);
          count += losses.labels();
          eddy += losses.eddy();
          persistence += losses.persistence();
        }
      }
      labels += count;
      if (count > 0) {
        array.addArray().add(labels).add(eddy / count).add(persistence / count);
      }
    }
  }
}
