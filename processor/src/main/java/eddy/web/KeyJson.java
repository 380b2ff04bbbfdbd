package eddy.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eddy.query.KeyReport;
import eddy.query.KeyReport.RecentEvent;
import eddy.query.KeyReport.RecentTarget;

/** What is known of a key, as JSON. */
final class KeyJson {
  private KeyJson() {}

  static ObjectNode of(KeyReport key, String server) {
    ObjectNode json = Json.object();
    json.put("key", key.key());
    json.put("partition", key.partition());
    json.put("server", server);
    json.put("events", key.events());
    json.put("stateBytes", key.stateBytes());
    Json.put(json, "weightsBytes", key.weightsBytes() < 0 ? Double.NaN : key.weightsBytes());
    json.put("estimator", key.learner());
    if (key.fallback() == null) {
      json.putNull("fallback");
    } else {
      json.putObject("fallback").put("estimator", key.fallback());
    }
    json.put("lastTime", key.lastTime());
    ArrayNode events = json.putArray("recent");
    key.recent().forEach(event -> write(event, events.addObject()));
    return json;
  }

  private static void write(RecentEvent event, ObjectNode json) {
    json.put("id", event.id());
    json.put("time", event.time());
    ObjectNode fields = json.putObject("fields");
    event.fields().forEach((path, value) -> Json.put(fields, path, value));
    ArrayNode targets = json.putArray("targets");
    event.targets().forEach(target -> write(target, targets.addObject()));
  }

  private static void write(RecentTarget target, ObjectNode json) {
    json.put("target", target.target());
    Json.put(json, "prediction", target.prediction());
    Json.put(json, "low", target.low());
    Json.put(json, "high", target.high());
    if (target.classes() == null) {
      json.putNull("classes");
    } else {
      ObjectNode classes = json.putObject("classes");
      target.classes().forEach((name, given) -> Json.put(classes, name, given));
    }
    Json.put(json, "persistence", target.persistence());
    Json.put(json, "actual", target.actual());
    Json.put(json, "surprise", target.surprise());
    json.put("source", target.byModel() ? "model" : "baseline");
  }
}
