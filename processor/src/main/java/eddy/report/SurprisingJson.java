package eddy.report;

import com.fasterxml.jackson.core.JsonGenerator;
import eddy.event.TimeText;
import java.io.IOException;
import java.util.List;

/** The most surprising predictions in {@code metrics.json}. */
final class SurprisingJson {
  private SurprisingJson() {}

  /** Writes a field {@code surprising}; nothing where surprises were not assessed. */
  static void write(JsonGenerator json, MostSurprising surprising) throws IOException {
    List<MostSurprising.Found> list = surprising.list();
    if (list.isEmpty()) {
      return;
    }
    json.writeArrayFieldStart("surprising");
    for (MostSurprising.Found found : list) {
      json.writeStartObject();
      json.writeNumberField("origin_row", found.line().originRow());
      json.writeNumberField("label_row", found.line().labelRow());
      json.writeStringField("key", found.line().key());
      json.writeStringField("timestamp", TimeText.iso(found.line().timestamp()));
      json.writeStringField("target", found.target());
      if (found.scored() instanceof ScoredTarget.OfNumber number) {
        JsonNumber.field(json, "label", number.label());
        JsonNumber.field(json, "predicted", number.predicted());
      } else if (found.scored() instanceof ScoredTarget.OfClass symbol) {
        json.writeStringField("label", symbol.label());
        json.writeStringField("predicted", symbol.predicted());
      }
      JsonNumber.field(json, "loss", found.assessment().loss());
      JsonNumber.field(json, "surprise", found.assessment().probability());
      JsonNumber.field(json, "score", found.assessment().score());
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
