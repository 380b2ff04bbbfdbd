package eddy.report.html;

import com.fasterxml.jackson.core.JsonGenerator;
import eddy.report.JsonNumber;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;

/** A key's trace as the page reads it. */
final class TraceJson {
  private TraceJson() {}

  static void write(
      JsonGenerator json, KeyRecord record, int target, KeyBook.Choice choice, int most)
      throws IOException {
    double[][] columns = record.traces[target].columns(most);
    int count = columns[0].length;
    json.writeStartObject();
    json.writeStringField("key", record.key);
    json.writeStringField("choice", choice.name().toLowerCase(Locale.ROOT));
    json.writeNumberField("labels", record.rows[target]);
    JsonNumber.field(json, "skill", record.skill(target));
    long[] times = new long[count];
    for (int i = 0; i < count; i++) {
      times[i] = (long) columns[Trace.TIME][i];
    }
    NumberArray.write(json, "times", times, count);
    NumberArray.write(json, "label", columns[Trace.LABEL], count);
    NumberArray.write(json, "predicted", columns[Trace.PREDICTED], count);
    NumberArray.write(json, "baseline", columns[Trace.BASELINE], count);
    if (Arrays.stream(columns[Trace.LOW]).anyMatch(Double::isFinite)) {
      NumberArray.write(json, "low", columns[Trace.LOW], count);
      NumberArray.write(json, "high", columns[Trace.HIGH], count);
    }
    json.writeArrayFieldStart("switches"); // rows at which the publisher changes; the model begins
    double before = 1;
    for (int i = 0; i < count; i++) {
      if (columns[Trace.BY_MODEL][i] != before) {
        json.writeNumber(i);
        before = columns[Trace.BY_MODEL][i];
      }
    }
    json.writeEndArray();
    json.writeEndObject();
  }
}
