package eddy.web;

import eddy.stream.EddyApp;
import eddy.stream.RestoreProgress;
import java.util.Map;
import org.apache.kafka.streams.KafkaStreams.State;

/** All that a monitor may want to know: metrics of Kafka and of tasks, memory, state. */
final class Metrics {
  private Metrics() {}

  static String text(EddyApp app) {
    PrometheusText text = new PrometheusText();
    text.add(app.metrics());
    state(app, text);
    memory(text);
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
}
