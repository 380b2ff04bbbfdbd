package eddy.report;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Fields that are predicted at several horizons, side by side, in {@code metrics.json}. */
final class HorizonJson {
  private HorizonJson() {}

  /** Writes a field {@code horizons}; nothing where no field has several. */
  static void write(JsonGenerator json, Scores scores) throws IOException {
    Map<String, List<TargetScores>> fields = scores.horizons();
    if (fields.isEmpty()) {
      return;
    }
    json.writeObjectFieldStart("horizons");
    for (Map.Entry<String, List<TargetScores>> field : fields.entrySet()) {
      json.writeArrayFieldStart(field.getKey());
      for (TargetScores target : field.getValue()) {
        json.writeStartObject();
        json.writeStringField("target", target.target());
        json.writeNumberField("n", target.scored());
        if (target instanceof NumberScores number) {
          JsonNumber.field(json, "mae", number.of(TargetScores.EDDY).mae());
          JsonNumber.field(json, "mase", number.mase(TargetScores.EDDY));
        } else if (target instanceof ClassScores symbol) {
          JsonNumber.field(json, "accuracy", symbol.of(TargetScores.EDDY).accuracy());
          JsonNumber.field(json, "log_loss_bits", symbol.of(TargetScores.EDDY).logLossBits());
        }
        JsonNumber.field(json, "skill", target.skill());
        json.writeEndObject();
      }
      json.writeEndArray();
    }
    json.writeEndObject();
  }
}
