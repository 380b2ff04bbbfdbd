package eddy.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eddy.feature.FeatureSpec;
import eddy.feature.TargetSpec;
import eddy.learn.LearnerSpec;
import eddy.learn.MemberSpec;
import eddy.learn.Prequential;
import eddy.query.TaskSummary;
import eddy.stream.EddyApp;
import java.util.List;
import java.util.Locale;

/** What learns, and how far every task has come with it. */
final class ModelJson {
  private ModelJson() {}

  static ObjectNode of(EddyApp app, List<TaskSummary> tasks) {
    LearnerSpec spec = app.config().learnerSpec();
    Prequential learner = app.learner();
    ObjectNode json = Json.object();
    json.put("learner", learner.learner());
    json.put("kernels", learner.kernels());
    json.put("fingerprint", Long.toHexString(learner.fingerprint()));
    json.put("network", spec.network().name());
    json.put("cell", spec.network().cell());
    json.put("units", spec.network().units());
    json.put("weights", spec.scope().name().toLowerCase(Locale.ROOT));
    json.put("parameters", learner.parameters());
    json.put("bytesPerKey", learner.bytesPerKey());
    ArrayNode panel = json.putArray("panel");
    spec.panel().stream().map(MemberSpec::name).forEach(panel::add);
    features(spec.features(), json.putArray("features"));
    features(spec.readoutFeatures(), json.putArray("readoutFeatures"));
    ArrayNode targets = json.putArray("targets");
    spec.targets().stream().map(TargetSpec::name).forEach(targets::add);
    ArrayNode array = json.putArray("tasks");
    for (TaskSummary task : tasks) {
      ObjectNode one = array.addObject();
      one.put("partition", task.partition());
      one.put("events", task.events());
      one.put("updates", task.updates());
      one.put("fallbacks", task.fallbacks());
      one.put("paused", task.paused());
      one.put("rateFactor", task.rateFactor());
    }
    return json;
  }

  private static void features(List<FeatureSpec> features, ArrayNode array) {
    features.stream().map(FeatureSpec::toString).forEach(array::add);
  }
}
