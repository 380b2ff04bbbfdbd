package eddy.event;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import eddy.feature.TargetSpec;
import eddy.feature.TargetSpec.Horizon;
import eddy.learn.Outcome;
import eddy.surprise.Assessment;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Writes score records: how surprising it is what became of a prediction.
 *
 * <p>The same bytes for the same settlement, on every JDK; numbers as {@link PredictionWriter}
 * writes them. Holds scratch: used by one thread.
 */
public final class ScoreWriter {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
          .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
          .build();

  private final List<TargetSpec> targets;
  private final String events;
  private final String labels;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);

  /**
   * A writer for the events of one partition.
   *
   * @param topic of the events
   * @param labelsTopic of labels that come by themselves; null where there is none
   * @param partition of both
   */
  public ScoreWriter(List<TargetSpec> targets, String topic, String labelsTopic, int partition) {
    this.targets = targets;
    events = topic + "-" + partition + "-";
    labels = labelsTopic + "-" + partition + "-";
  }

  /**
   * The record of one target of a settlement, in UTF-8.
   *
   * @param key of both events
   * @param names of the classes of category targets
   */
  public byte[] write(
      byte[] key, Outcome.Settlement settlement, int target, Assessment said, SlotNames names) {
    TargetSpec spec = targets.get(target);
    boolean byItself = spec.horizon() instanceof Horizon.LabelTopic;
    Outcome.Prediction prediction = settlement.prediction[target];
    bytes.reset();
    try (JsonGenerator json = JSON.createGenerator(bytes, JsonEncoding.UTF8)) {
      json.writeStartObject();
      json.writeStringField("id", events + settlement.originPosition);
      json.writeStringField("settled", (byItself ? labels : events) + settlement.labelPosition);
      json.writeStringField("key", new String(key, StandardCharsets.UTF_8));
      json.writeStringField("timestamp", TimeText.iso(settlement.originTimestamp));
      json.writeStringField("target", spec.name());
      if (spec.category()) {
        json.writeStringField("label", settlement.text[target]);
        int slot = (int) prediction.value;
        json.writeStringField("predicted", slot < 0 ? null : names.name(target, slot));
      } else {
        number(json, "label", settlement.label[target]);
        number(json, "predicted", prediction.value);
      }
      number(json, "loss", said.loss());
      number(json, "surprise", said.probability());
      number(json, "score", said.score());
      json.writeEndObject();
    } catch (IOException e) {
      // into memory
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void number(JsonGenerator json, String field, double value) throws IOException {
    if (Double.isFinite(value)) {
      json.writeNumberField(field, value);
    } else {
      json.writeNullField(field);
    }
  }
}
