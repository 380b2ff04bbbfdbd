package eddy.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eddy.config.EddyConfig;
import eddy.feature.TargetSpec;
import eddy.query.TaskSummary;
import eddy.query.TaskSummary.SeenKey;
import eddy.stream.EddyApp;
import eddy.stream.Instance;
import eddy.stream.RestoreProgress;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/** One look at an app as a whole. */
final class Overview {
  private static final int SEEN = 20;

  private final EddyApp app;
  private final EddyConfig config;
  private final List<TaskSummary> tasks;
  private final ObjectNode json = Json.object();

  /**
   * A look.
   *
   * @param tasks what they said last
   */
  Overview(EddyApp app, List<TaskSummary> tasks) {
    this.app = app;
    config = app.config();
    this.tasks = tasks;
  }

  /**
   * All of it.
   *
   * @param time milliseconds since 1970 UTC
   * @param uptime milliseconds
   * @param rate events a second
   */
  ObjectNode write(long time, long uptime, double rate) {
    json.put("time", time);
    json.put("application", config.originals().get("application.id").toString());
    json.put("version", Version.TEXT);
    json.put("state", app.state().name());
    restore();
    json.put("uptime", uptime);
    json.put("input", config.inputTopic());
    json.put("predictions", config.outputTopic());
    ArrayNode targets = json.putArray("targets");
    config.targets().stream().map(TargetSpec::name).forEach(targets::add);
    json.put("events", sum(TaskSummary::events));
    json.put("rejected", sum(TaskSummary::rejected));
    Json.put(json, "rate", rate);
    Lags lags = Lags.of(app.metrics());
    Json.put(json, "lag", lags.all());
    ScoresJson.write(config.targets(), tasks, json.putArray("scores"));
    learner(json.putObject("learner"));
    memory(json.putObject("memory"));
    tasks(lags, json.putArray("tasks"));
    instances(json.putArray("instances"));
    recent(json.putArray("recent"));
    return json;
  }

  private long sum(ToLongFunction<TaskSummary> count) {
    return tasks.stream().mapToLong(count).sum();
  }

  private void restore() {
    RestoreProgress progress = app.restoring();
    if (progress.isDone()) {
      json.putNull("restore");
    } else {
      ObjectNode restore = json.putObject("restore");
      restore.put("records", progress.records());
      restore.put("total", progress.total());
    }
  }

  private void learner(ObjectNode learner) {
    learner.put("estimator", app.learner().learner());
    learner.put("cell", config.learnerSpec().network().cell());
    learner.put("units", config.learnerSpec().network().units());
    ObjectNode source = learner.putObject("source");
    source.put("model", sum(TaskSummary::byModel));
    source.put("baseline", sum(TaskSummary::byBaseline));
    learner.put("fallbacks", sum(TaskSummary::fallbacks));
    learner.put("updates", sum(TaskSummary::updates));
    learner.put("paused", tasks.stream().anyMatch(TaskSummary::paused));
  }

  private void memory(ObjectNode memory) {
    Runtime runtime = Runtime.getRuntime();
    memory.put("heapUsed", runtime.totalMemory() - runtime.freeMemory());
    memory.put("heapMax", runtime.maxMemory());
    Json.put(memory, "rss", ResidentMemory.bytes());
    memory.put("stateBytes", sum(TaskSummary::liveBytes));
    memory.put("keys", sum(TaskSummary::liveKeys));
  }

  private void tasks(Lags lags, ArrayNode array) {
    for (TaskSummary task : tasks) {
      ObjectNode one = array.addObject();
      one.put("partition", task.partition());
      one.put("task", (config.usesLedger() ? "1_" : "0_") + task.partition());
      one.put("thread", task.thread());
      one.put("events", task.events());
      Json.put(one, "lag", lags.of(app.learnedTopic(), task.partition()));
      one.put("position", task.position());
      one.put("keys", task.liveKeys());
    }
  }

  private void instances(ArrayNode array) {
    for (Instance instance : app.instances()) {
      ObjectNode one = array.addObject();
      one.put(
          "server",
          instance.server() == null
              ? null
              : instance.server().host() + ":" + instance.server().port());
      one.put("self", instance.self());
      ArrayNode partitions = one.putArray("partitions");
      instance.partitions().forEach(partitions::add);
      ArrayNode standby = one.putArray("standby");
      instance.standby().forEach(standby::add);
    }
  }

  private void recent(ArrayNode array) {
    tasks.stream()
        .flatMap(task -> task.recent().stream().map(seen -> Map.entry(task.partition(), seen)))
        .sorted(Comparator.comparingLong(seen -> -seen.getValue().time()))
        .limit(SEEN)
        .forEach(
            seen -> {
              SeenKey key = seen.getValue();
              ObjectNode one = array.addObject();
              one.put("key", key.key());
              one.put("partition", seen.getKey());
              one.put("time", key.time());
              Json.put(one, "surprise", key.surprise());
            });
  }
}
