package eddy.report;

import com.fasterxml.jackson.core.JsonGenerator;
import eddy.event.ShortestDecimal;
import java.io.IOException;

/** Numbers of reports: the shortest text that reads back the same; null where not finite. */
public final class JsonNumber {
  private JsonNumber() {}

  /** A field of an object. */
  public static void field(JsonGenerator json, String name, double value) throws IOException {
    json.writeFieldName(name);
    if (Double.isFinite(value)) {
      json.writeRawValue(ShortestDecimal.text(value));
    } else {
      json.writeNull();
    }
  }
}
