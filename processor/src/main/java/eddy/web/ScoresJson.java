package eddy.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eddy.feature.TargetSpec;
import eddy.query.TargetScore;
import eddy.query.TaskSummary;
import java.util.List;

/** Losses of every target beside persistence, of all tasks together. */
final class ScoresJson {
  private ScoresJson() {}

  static void write(List<TargetSpec> targets, List<TaskSummary> tasks, ArrayNode array) {
    for (int t = 0; t < targets.size(); t++) {
      int target = t;
      List<TargetScore> scores = tasks.stream().map(task -> task.scores().get(target)).toList();
      write(targets.get(t), scores, array.addObject());
    }
  }

  private static void write(TargetSpec target, List<TargetScore> scores, ObjectNode json) {
    long labels = scores.stream().mapToLong(TargetScore::labels).sum();
    double eddy = scores.stream().mapToDouble(TargetScore::eddy).sum();
    double persistence = scores.stream().mapToDouble(TargetScore::persistence).sum();
    json.put("target", target.name());
    json.put("kind", target.category() ? "class" : "number");
    json.put("labelTopic", target.horizon() instanceof TargetSpec.Horizon.LabelTopic);
    json.put("labels", labels);
    ObjectNode loss = json.putObject("loss");
    Json.put(loss, "eddy", eddy / labels);
    Json.put(loss, "persistence", persistence / labels);
    Json.put(loss, "model", scores.stream().mapToDouble(TargetScore::model).sum() / labels);
    long newest = scores.stream().mapToLong(score -> score.window().labels()).sum();
    double newEddy = scores.stream().mapToDouble(score -> score.window().eddy()).sum();
    double newOther = scores.stream().mapToDouble(score -> score.window().persistence()).sum();
    ObjectNode window = json.putObject("window");
    window.put("labels", newest);
    Json.put(window, "eddy", newEddy / newest);
    Json.put(window, "persistence", newOther / newest);
    Json.put(json, "skill", 1 - eddy / persistence);
    Curve.write(scores, json.putArray("curve"));
  }
}
