package eddy.event;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import eddy.learn.Outcome;
import eddy.readout.Quantile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Writes prediction records: the same bytes for the same outcome, on every JDK.
 *
 * <p>Every number is the shortest text of its double, so that reading it gives the same bits. What
 * is not defined is null. A prediction for an earlier event, which is labelled after others have
 * followed, names it as {@code labelled}. Holds scratch: used by one thread.
 */
public final class PredictionWriter {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
          .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
          .build();

  private final String learner;
  private final String idPrefix;
  private final SerializableString[] targets;

  /** By target: its quantiles' levels as text, once they have been seen. */
  private final String[][] levels;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);

  /**
   * A writer for the events of one partition.
   *
   * @param learner name and form of the gradient estimator, where an outcome tells of no fallback
   * @param targets names of the targets, in the order of the outcomes
   * @param topic of the events
   * @param partition of the events
   */
  public PredictionWriter(String learner, List<String> targets, String topic, int partition) {
    this.learner = learner;
    idPrefix = topic + "-" + partition + "-";
    this.targets = targets.stream().map(SerializedString::new).toArray(SerializableString[]::new);
    levels = new String[targets.size()][];
  }

  /**
   * The record of one event's predictions, in UTF-8.
   *
   * @param offset of the event
   * @param key of the event in UTF-8, or null
   * @param timestamp of the event in milliseconds since 1970 UTC
   * @param outcome whose predictions are written; it must have some
   * @param names of the classes of category targets
   */
  public byte[] write(long offset, byte[] key, long timestamp, Outcome outcome, SlotNames names) {
    bytes.reset();
    try (JsonGenerator json = JSON.createGenerator(bytes, JsonEncoding.UTF8)) {
      json.writeStartObject();
      json.writeStringField("id", idPrefix + offset);
      json.writeStringField("key", key == null ? null : new String(key, StandardCharsets.UTF_8));
      json.writeStringField("timestamp", TimeText.iso(timestamp));
      if (outcome.labelledPosition != offset) {
        json.writeStringField("labelled", idPrefix + outcome.labelledPosition);
      }
      json.writeStringField("learner", outcome.fallback == null ? learner : outcome.fallback);
      json.writeNumberField("updates", outcome.updates);
      json.writeObjectFieldStart("predictions");
      for (int target = 0; target < targets.length; target++) {
        json.writeFieldName(targets[target]);
        prediction(json, target, outcome.predictions[target], names);
      }
      json.writeEndObject();
      json.writeEndObject();
    } catch (IOException e) {
      // into memory
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private void prediction(
      JsonGenerator json, int target, Outcome.Prediction prediction, SlotNames names)
      throws IOException {
    boolean symbol = prediction.distribution.length > 0;
    json.writeStartObject();
    if (symbol) {
      json.writeStringField("value", name(names, target, prediction.value));
      json.writeStringField("model", name(names, target, prediction.model));
      json.writeStringField("baseline", name(names, target, prediction.baseline));
    } else {
      number(json, "value", prediction.value);
      number(json, "model", prediction.model);
      number(json, "baseline", prediction.baseline);
    }
    json.writeStringField(
        "source", prediction.source == Outcome.Source.MODEL ? "model" : "baseline");
    spread(json, target, prediction);
    if (symbol) {
      number(json, "probability", prediction.probability);
      distribution(json, target, prediction.distribution, names);
    }
    json.writeEndObject();
  }

  private void spread(JsonGenerator json, int target, Outcome.Prediction prediction)
      throws IOException {
    int count = prediction.levels.length;
    if (count > 0) {
      if (levels[target] == null) {
        levels[target] =
            Arrays.stream(prediction.levels).mapToObj(Quantile::text).toArray(String[]::new);
      }
      json.writeObjectFieldStart("quantiles");
      for (int i = 0; i < count; i++) {
        number(json, levels[target][i], prediction.quantiles[i]);
      }
      json.writeEndObject();
    }
    if (!Double.isNaN(prediction.deviation)) {
      number(json, "deviation", prediction.deviation);
    }
  }

  private static void distribution(
      JsonGenerator json, int target, float[] probabilities, SlotNames names) throws IOException {
    double unassigned = 0;
    json.writeObjectFieldStart("distribution");
    for (int slot = 0; slot < probabilities.length; slot++) {
      String name = names.name(target, slot);
      if (name == null) {
        unassigned += probabilities[slot];
      } else {
        number(json, name, probabilities[slot]);
      }
    }
    json.writeEndObject();
    number(json, "unassigned", unassigned);
  }

  private static String name(SlotNames names, int target, double slot) {
    return slot >= 0 ? names.name(target, (int) slot) : null;
  }

  private static void number(JsonGenerator json, String field, double value) throws IOException {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      json.writeNullField(field);
    } else {
      json.writeNumberField(field, value);
    }
  }
}
