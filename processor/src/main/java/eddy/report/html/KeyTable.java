package eddy.report.html;

import com.fasterxml.jackson.core.JsonGenerator;
import eddy.report.JsonNumber;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The losses of a target by key: the most frequent keys, the best, the worst, and a cloud. */
final class KeyTable {
  private static final int SHOWN = 10;

  private final List<KeyRecord> enough = new ArrayList<>();
  private final List<KeyRecord> all = new ArrayList<>();
  private final int target;

  KeyTable(KeyBook keys, int target) {
    this.target = target;
    for (KeyRecord record : keys.records()) {
      if (record.rows[target] > 0) {
        all.add(record);
        if (record.labels >= keys.fewestLabels()) {
          enough.add(record);
        }
      }
    }
    all.sort(
        Comparator.comparingLong((KeyRecord record) -> -record.rows[target])
            .thenComparing(record -> record.key));
    enough.sort(
        Comparator.comparingDouble((KeyRecord record) -> -record.skill(target))
            .thenComparing(record -> record.key));
  }

  /**
   * Writes an object.
   *
   * @param most keys in the cloud
   */
  void write(JsonGenerator json, int most) throws IOException {
    json.writeStartObject();
    json.writeNumberField("count", all.size());
    json.writeNumberField("judged", enough.size());
    json.writeNumberField("better", enough.stream().filter(r -> r.skill(target) > 0).count());
    int half = enough.size() / 2;
    write(json, "frequent", all.subList(0, Math.min(SHOWN, all.size())));
    write(json, "best", enough.subList(0, Math.min(SHOWN, enough.size() - half)));
    List<KeyRecord> worst = new ArrayList<>();
    for (int i = 0; i < Math.min(SHOWN, half); i++) {
      worst.add(enough.get(enough.size() - 1 - i));
    }
    write(json, "worst", worst);
    cloud(json, most);
    json.writeEndObject();
  }

  private void write(JsonGenerator json, String name, List<KeyRecord> records) throws IOException {
    json.writeArrayFieldStart(name);
    for (KeyRecord record : records) {
      json.writeStartObject();
      json.writeStringField("key", record.key);
      json.writeNumberField("rows", record.rows[target]);
      JsonNumber.field(json, "loss", record.loss[target] / record.rows[target]);
      JsonNumber.field(json, "baseline", record.baselineLoss[target] / record.rows[target]);
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  /** Mean losses of the most frequent keys with enough labels. */
  private void cloud(JsonGenerator json, int most) throws IOException {
    List<KeyRecord> shown = new ArrayList<>(enough);
    shown.sort(
        Comparator.comparingLong((KeyRecord record) -> -record.rows[target])
            .thenComparing(record -> record.key));
    shown = shown.subList(0, Math.min(most, shown.size()));
    double[] loss = shown.stream().mapToDouble(r -> r.loss[target] / r.rows[target]).toArray();
    double[] baseline =
        shown.stream().mapToDouble(r -> r.baselineLoss[target] / r.rows[target]).toArray();
    json.writeObjectFieldStart("cloud");
    NumberArray.write(json, "loss", loss, loss.length);
    NumberArray.write(json, "baseline", baseline, baseline.length);
    json.writeEndObject();
  }
}
