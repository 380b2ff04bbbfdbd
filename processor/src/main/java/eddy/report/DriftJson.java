package eddy.report;

import com.fasterxml.jackson.core.JsonGenerator;
import eddy.event.TimeText;
import java.io.IOException;

/** Where drift was found, in {@code metrics.json}. */
final class DriftJson {
  private DriftJson() {}

  /** Writes a field; none where none was found. */
  static void write(JsonGenerator json, Scores scores) throws IOException {
    if (scores.drift().marks().isEmpty()) {
      return;
    }
    json.writeArrayFieldStart("drift");
    for (DriftMarks.Mark mark : scores.drift().marks()) {
      Drift drift = mark.drift();
      json.writeStartObject();
      json.writeStringField("target", scores.targets().get(drift.target()).name());
      json.writeNumberField("labels", mark.labels());
      json.writeStringField("time", TimeText.iso(drift.time()));
      json.writeStringField("key", mark.line().key());
      json.writeNumberField("label_row", mark.line().labelRow());
      JsonNumber.field(json, "before", drift.before());
      JsonNumber.field(json, "after", drift.after());
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
