package eddy.replay;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.common.header.Header;

/**
 * One field in which a published record differs from the one derived anew.
 *
 * @param name {@code record key}, {@code record timestamp}, {@code record header NAME}, or a path
 *     into the value such as {@code predictions.wind@+4.value}
 * @param published as text, null where it has no such field
 * @param derived as text, null where it has no such field
 */
public record FieldDifference(String name, String published, String derived) {
  private static final JsonFactory JSON = new JsonFactory();

  public FieldDifference {
    Objects.requireNonNull(name, "name");
  }

  /** All fields that differ, in the order of the record; at least one where any byte does. */
  static List<FieldDifference> between(Publication published, Publication derived) {
    Map<String, String> left = fields(published);
    Map<String, String> right = fields(derived);
    Set<String> names = new LinkedHashSet<>(right.keySet());
    names.addAll(left.keySet());
    List<FieldDifference> differences = new ArrayList<>();
    for (String name : names) {
      if (!Objects.equals(left.get(name), right.get(name))) {
        differences.add(new FieldDifference(name, left.get(name), right.get(name)));
      }
    }
    if (differences.isEmpty() && !published.equalTo(derived)) {
      differences.add(
          new FieldDifference("bytes", bytes(published, derived), bytes(derived, published)));
    }
    return differences;
  }

  /** Where equal fields are written differently: the bytes around the first that differs. */
  private static String bytes(Publication shown, Publication other) {
    if (shown.value() == null || other.value() == null) {
      return text(shown.value());
    }
    int at = Math.max(0, Arrays.mismatch(shown.value(), other.value()));
    int to = Math.min(shown.value().length, at + 40);
    int from = Math.min(to, Math.max(0, at - 10));
    return "at " + at + ": " + text(Arrays.copyOfRange(shown.value(), from, to));
  }

  private static Map<String, String> fields(Publication record) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("record key", text(record.key()));
    fields.put("record timestamp", Long.toString(record.timestamp()));
    for (Header header : record.headers()) {
      fields.merge(
          "record header " + header.key(),
          text(header.value()),
          (first, next) -> first + ", " + next);
    }
    if (record.value() == null) {
      fields.put("value", null);
      return fields;
    }
    try (JsonParser json = JSON.createParser(record.value())) {
      while (json.nextToken() != null) {
        JsonToken token = json.currentToken();
        if (token.isScalarValue()) {
          fields.put(path(json), json.getText());
        }
      }
    } catch (IOException e) {
      fields.put("value", text(record.value()));
    }
    return fields;
  }

  private static String path(JsonParser json) {
    String pointer = json.getParsingContext().pathAsPointer().toString();
    return pointer.isEmpty() ? "value" : pointer.substring(1).replace('/', '.');
  }

  private static String text(byte[] bytes) {
    return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
  }
}
