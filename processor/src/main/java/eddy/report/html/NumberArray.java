package eddy.report.html;

import com.fasterxml.jackson.core.JsonGenerator;
import eddy.event.ShortestDecimal;
import java.io.IOException;

/** Arrays of numbers in few characters: as exact as a screen can show. */
final class NumberArray {
  /** Steps into which the range of an array is divided. */
  private static final double STEPS = 20_000;

  private static final int DECIMALS = 15;

  private NumberArray() {}

  /** Whole numbers, each but the first as what it is more than the one before. */
  static void write(JsonGenerator json, String name, long[] values, int count) throws IOException {
    json.writeArrayFieldStart(name);
    for (int i = 0; i < count; i++) {
      json.writeNumber(i == 0 ? values[0] : values[i] - values[i - 1]);
    }
    json.writeEndArray();
  }

  /** Numbers, rounded to a small part of their range; those that are not finite are null. */
  static void write(JsonGenerator json, String name, double[] values, int count)
      throws IOException {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < count; i++) {
      if (Double.isFinite(values[i])) {
        low = Math.min(low, values[i]);
        high = Math.max(high, values[i]);
      }
    }
    double range = high > low ? high - low : Math.abs(high);
    int decimals = (int) Math.ceil(Math.log10(STEPS / range));
    json.writeArrayFieldStart(name);
    for (int i = 0; i < count; i++) {
      value(json, values[i], decimals);
    }
    json.writeEndArray();
  }

  private static void value(JsonGenerator json, double value, int decimals) throws IOException {
    if (!Double.isFinite(value)) {
      json.writeNull();
      return;
    }
    double rounded = value;
    if (decimals >= 0 && decimals <= DECIMALS) {
      double scale = Math.pow(10, decimals);
      rounded = Math.rint(value * scale) / scale;
    }
    if (rounded == Math.rint(rounded) && Math.abs(rounded) < 1e15) {
      json.writeNumber((long) rounded);
    } else {
      json.writeRawValue(ShortestDecimal.text(rounded));
    }
  }
}
