package eddy.report;

import com.fasterxml.jackson.core.JsonGenerator;
import eddy.metric.ClassificationScore;
import eddy.metric.ClassificationSkill;
import eddy.metric.Confusion;
import eddy.metric.IntervalScore;
import eddy.metric.Memory;
import eddy.metric.RegressionScore;
import eddy.metric.RegressionSkill;
import eddy.metric.TopScore;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.function.IntToDoubleFunction;

/** The scores of one target in {@code metrics.json}: by model, as skill, by key, by class. */
final class TargetJson {
  /** Keys that are named as the best, and as the worst. */
  private static final int NAMED_KEYS = 10;

  private final JsonGenerator json;
  private final Scores scores;
  private final int index;
  private final TargetScores target;

  private TargetJson(JsonGenerator json, Scores scores, int index) {
    this.json = json;
    this.scores = scores;
    this.index = index;
    target = scores.board().targets().get(index);
  }

  /** Writes a field of the target's name. */
  static void write(JsonGenerator json, Scores scores, int index) throws IOException {
    new TargetJson(json, scores, index).write();
  }

  private void write() throws IOException {
    json.writeObjectFieldStart(target.target());
    json.writeObjectFieldStart("models");
    for (String model : target.models()) {
      json.writeObjectFieldStart(model);
      json.writeNumberField("n", count(model));
      model(target, model);
      for (Memory memory : List.of(Memory.WINDOW, Memory.FADING)) {
        json.writeObjectFieldStart(name(memory));
        model(scores.board(memory).targets().get(index), model);
        json.writeEndObject();
      }
      json.writeEndObject();
    }
    json.writeEndObject();
    skill();
    skills();
    json.writeNumberField("from_baseline", scores.fromBaseline(index));
    keys();
    if (scores.confusion(index) != null) {
      confusion(scores.confusion(index));
    }
    json.writeEndObject();
  }

  private static String name(Memory memory) {
    return memory.name().toLowerCase(Locale.ROOT);
  }

  private long count(String model) {
    return target instanceof NumberScores number
        ? number.of(model).count()
        : ((ClassScores) target).of(model).count();
  }

  private void model(TargetScores from, String model) throws IOException {
    if (from instanceof NumberScores of) {
      RegressionScore score = of.of(model);
      number("mae", score.mae());
      number("rmse", score.rmse());
      number("wape", score.wape());
      number("mase", of.mase(model));
      if (model.equals(TargetScores.MODEL)) {
        uncertainty(of);
      } else if (of.hasPinball() && of.baselines().contains(model)) {
        number("pinball", of.skillAgainst(model).baselinePinball());
      }
    } else if (from instanceof ClassScores of) {
      ClassificationScore score = of.of(model);
      number("accuracy", score.accuracy());
      number("log_loss_bits", score.logLossBits());
      number("kappa_temporal", score.kappaTemporal());
      TopScore top = of.top(model);
      tops(top::within);
    }
  }

  private void tops(IntToDoubleFunction score) throws IOException {
    int[] sizes = TopScore.sizes();
    for (int i = 0; i < sizes.length; i++) {
      number("top_" + sizes[i], score.applyAsDouble(i));
    }
  }

  /** What the learner said of its own uncertainty stands with its errors. */
  private void uncertainty(NumberScores of) throws IOException {
    if (of.quantiles().count() > 0) {
      number("pinball", of.quantiles().pinball());
      number("coverage", of.quantiles().coverage());
      number("nominal_coverage", of.quantiles().nominalCoverage());
      intervals(of.quantiles().intervals());
    }
    if (of.normal().count() > 0) {
      number("negative_log_likelihood", of.normal().negativeLogLikelihood());
      number("pinball", of.normal().pinball());
      intervals(of.normal().intervals());
    }
  }

  private void intervals(List<IntervalScore> intervals) throws IOException {
    json.writeArrayFieldStart("intervals");
    for (IntervalScore interval : intervals) {
      json.writeStartObject();
      number("nominal", interval.nominal());
      number("coverage", interval.coverage());
      number("width", interval.width());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void skill() throws IOException {
    json.writeObjectFieldStart("skill");
    for (String baseline : target.baselines()) {
      number(baseline, target.skill(baseline));
    }
    json.writeEndObject();
  }

  private void skills() throws IOException {
    json.writeObjectFieldStart("skills");
    for (String baseline : target.baselines()) {
      json.writeObjectFieldStart(baseline);
      skills(target, baseline, true);
      for (Memory memory : List.of(Memory.WINDOW, Memory.FADING)) {
        json.writeObjectFieldStart(name(memory));
        skills(scores.board(memory).targets().get(index), baseline, false);
        json.writeEndObject();
      }
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  private void skills(TargetScores from, String baseline, boolean counted) throws IOException {
    if (from instanceof NumberScores of) {
      RegressionSkill skill = of.skillAgainst(baseline);
      if (counted) {
        json.writeNumberField("n", skill.count());
      }
      number("mae", skill.mae());
      number("rmse", skill.rmse());
      if (of.hasPinball()) {
        number("pinball", skill.pinball());
      }
    } else if (from instanceof ClassScores of) {
      ClassificationSkill skill = of.skillAgainst(baseline);
      if (counted) {
        json.writeNumberField("n", skill.count());
      }
      number("accuracy", skill.accuracy());
      number("log_loss_bits", skill.logLossBits());
      tops(i -> of.topSkill(baseline, i));
    }
  }

  private void keys() throws IOException {
    List<KeyScore> keys = scores.keys().of(index);
    json.writeObjectFieldStart("keys");
    json.writeNumberField("followed", keys.size());
    json.writeBooleanField("complete", scores.keys().complete());
    number("better", KeyScores.better(keys));
    int named = Math.min(NAMED_KEYS, keys.size());
    keys("best", keys.subList(0, named));
    keys("worst", KeyScores.worst(keys, named));
    json.writeEndObject();
  }

  private void keys(String name, List<KeyScore> keys) throws IOException {
    json.writeArrayFieldStart(name);
    for (KeyScore key : keys) {
      json.writeStartObject();
      json.writeStringField("key", key.key());
      json.writeNumberField("n", key.rows());
      if (target instanceof NumberScores) {
        number("mae", key.meanLoss());
        number("persistence_mae", key.meanBaselineLoss());
      } else {
        number("accuracy", 1 - key.meanLoss());
        number("persistence_accuracy", 1 - key.meanBaselineLoss());
      }
      number("skill", key.skill());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void confusion(Confusion confusion) throws IOException {
    int classes = confusion.classes().size();
    json.writeObjectFieldStart("confusion");
    json.writeArrayFieldStart("classes");
    for (String name : confusion.classes()) {
      json.writeString(name);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("counts");
    for (int row = 0; row <= classes; row++) {
      json.writeStartArray();
      for (int column = 0; column <= classes; column++) {
        json.writeNumber(confusion.count(row, column));
      }
      json.writeEndArray();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void number(String name, double value) throws IOException {
    JsonNumber.field(json, name, value);
  }
}
