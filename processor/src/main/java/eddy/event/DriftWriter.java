package eddy.event;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import eddy.feature.TargetSpec;
import eddy.feature.TargetSpec.Horizon;
import eddy.learn.LearnerSpec;
import eddy.learn.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * Writes drift records: that the losses of a target have risen, and what was done about it.
 *
 * <p>The same bytes for the same drift, on every JDK; numbers as {@link PredictionWriter} writes
 * them. For one thread.
 */
public final class DriftWriter {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
          .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
          .build();

  private final LearnerSpec spec;
  private final String events;
  private final String labels;
  private final int partition;

  /**
   * A writer for the events of one partition.
   *
   * @param topic of the events
   * @param labelsTopic of labels that come by themselves; null where there is none
   * @param partition of both
   */
  public DriftWriter(LearnerSpec spec, String topic, String labelsTopic, int partition) {
    this.spec = spec;
    this.partition = partition;
    events = topic + "-" + partition + "-";
    labels = labelsTopic + "-" + partition + "-";
  }

  /**
   * The record of a drift, in UTF-8.
   *
   * @param key of the label that it was found at
   * @param settlement of that label
   * @param count of labels of the target so far
   * @param time stream time
   * @param before mean loss before
   * @param after mean loss now
   */
  public byte[] write(
      byte[] key,
      Outcome.Settlement settlement,
      int target,
      long count,
      long time,
      double before,
      double after) {
    TargetSpec name = spec.targets().get(target);
    boolean byItself = name.horizon() instanceof Horizon.LabelTopic;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(bytes, JsonEncoding.UTF8)) {
      json.writeStartObject();
      json.writeNumberField("partition", partition);
      json.writeStringField("target", name.name());
      json.writeNumberField("labels", count);
      json.writeStringField("timestamp", TimeText.iso(time));
      json.writeStringField("settled", (byItself ? labels : events) + settlement.labelPosition);
      json.writeStringField("key", new String(key, StandardCharsets.UTF_8));
      json.writeStringField("detector", spec.drift().detection().toString());
      json.writeNumberField("before", before);
      json.writeNumberField("after", after);
      json.writeStringField("action", spec.drift().action().toString());
      json.writeEndObject();
    } catch (IOException e) {
      // into memory
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
