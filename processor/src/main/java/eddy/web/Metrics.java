package eddy.web;

import eddy.feature.TargetSpec;
import eddy.query.TargetScore;
import eddy.query.TaskSummary;
import eddy.stream.EddyApp;
import eddy.stream.RestoreProgress;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.apache.kafka.streams.KafkaStreams.State;

/** All that a monitor may want to know: metrics of Kafka and of tasks, scores, memory, state. */
final class Metrics {
  private Metrics() {}

  static String text(EddyApp app, List<TaskSummary> tasks) {
    PrometheusText text = new PrometheusText();
    text.add(app.metrics());
    state(app, text);
    memory(text);
    List<TargetSpec> targets = app.config().targets();
    for (int t = 0; t < targets.size(); t++) {
      int target = t;
      scores(
          text,
          targets.get(t).name(),
          tasks.stream().map(task -> task.scores().get(target)).toList());
    }
    return text.text();
  }

  private static void state(EddyApp app, PrometheusText text) {
    text.add(
        "eddy_app_info",
        "What runs.",
        Map.of("version", Version.TEXT, "learner", app.learner().learner()),
        1);
    for (State state : State.values()) {
      text.add(
          "eddy_app_state",
          "1 for the state that the app is in.",
          Map.of("state", state.name()),
          app.state() == state ? 1 : 0);
    }
    RestoreProgress progress = app.restoring();
    text.add(
        "eddy_app_restore_left",
        "Records of changelogs that are still to be restored, at most.",
        Map.of(),
        Math.max(0, progress.total() - progress.records()));
  }

  private static void memory(PrometheusText text) {
    Runtime runtime = Runtime.getRuntime();
    long used = runtime.totalMemory() - runtime.freeMemory();
    text.add("eddy_app_heap_used_bytes", "Heap in use.", Map.of(), used);
    text.add("eddy_app_heap_max_bytes", "Largest heap.", Map.of(), runtime.maxMemory());
    text.add(
        "process_resident_memory_bytes",
        "Memory of the process that is in use.",
        Map.of(),
        ResidentMemory.bytes());
  }

  private static void scores(PrometheusText text, String target, List<TargetScore> scores) {
    text.add(
        "eddy_target_labels_total",
        "Labels that were scored beside persistence, since tasks run here.",
        Map.of("target", target),
        scores.stream().mapToLong(TargetScore::labels).sum());
    double labels = sum(scores, score -> score.window().labels());
    double eddy = sum(scores, score -> score.window().eddy());
    double persistence = sum(scores, score -> score.window().persistence());
    String help =
        "Mean loss of the newest 1000 labels of each task: absolute error, or wrong or not.";
    text.add("eddy_target_loss", help, Map.of("target", target, "model", "eddy"), eddy / labels);
    text.add(
        "eddy_target_loss",
        help,
        Map.of("target", target, "model", "persistence"),
        persistence / labels);
    text.add(
        "eddy_target_skill",
        "Share of the loss of persistence that predictions avoid, over the same labels.",
        Map.of("target", target),
        1 - eddy / persistence);
  }

  private static double sum(List<TargetScore> scores, ToDoubleFunction<TargetScore> part) {
    return scores.stream().mapToDouble(part).sum();
  }
}
