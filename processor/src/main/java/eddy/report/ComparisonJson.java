package eddy.report;

import com.fasterxml.jackson.core.JsonGenerator;
import eddy.compare.Comparison;
import eddy.compare.Tally;
import java.io.IOException;
import java.util.List;

/** Comparisons as the field {@code comparisons} of metrics.json. */
final class ComparisonJson {
  private ComparisonJson() {}

  static void write(JsonGenerator json, List<Compared> all) throws IOException {
    json.writeArrayFieldStart("comparisons");
    for (Compared each : all) {
      json.writeStartObject();
      json.writeStringField("name", each.name());
      json.writeStringField("base", each.base());
      json.writeArrayFieldStart("targets");
      for (Comparison comparison : each.comparisons()) {
        write(json, each, comparison);
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  /** One target and loss as an object. */
  static void write(JsonGenerator json, Compared compared, Comparison comparison)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("target", comparison.target());
    json.writeStringField("loss", comparison.loss().field());
    json.writeNumberField("rows", comparison.rows());
    json.writeNumberField("left_out", comparison.leftOut());
    JsonNumber.field(json, "base", comparison.baseMean());
    JsonNumber.field(json, "other", comparison.mean());
    JsonNumber.field(json, "difference", comparison.difference());
    JsonNumber.field(json, "low", comparison.low());
    JsonNumber.field(json, "high", comparison.high());
    JsonNumber.field(json, "level", Comparison.LEVEL);
    json.writeNumberField("block_rows", comparison.blockRows());
    json.writeNumberField("blocks", comparison.blocks());
    Tally keys = comparison.keys();
    json.writeObjectFieldStart("keys");
    json.writeNumberField("won", keys.won());
    json.writeNumberField("lost", keys.lost());
    json.writeNumberField("tied", keys.tied());
    JsonNumber.field(json, "share_won", keys.share());
    json.writeBooleanField("sampled", comparison.sampled());
    json.writeEndObject();
    json.writeStringField("verdict", comparison.verdict().words());
    json.writeStringField("sentence", comparison.sentence(compared.name(), compared.base()));
    json.writeEndObject();
  }
}
