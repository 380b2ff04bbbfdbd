package eddy.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.header.Headers;

/** The names in a JSON object, also in the objects in it. */
final class JsonNames implements FieldNames {
  private static final JsonFactory JSON = new JsonFactory();
  private static final int DEEPEST = 8;

  @Override
  public Optional<Set<String>> of(byte[] value, Headers headers) {
    Set<String> names = new TreeSet<>();
    try (JsonParser parser = JSON.createParser(value)) {
      if (parser.nextToken() == JsonToken.START_OBJECT) {
        collect(parser, "", 0, names);
        return Optional.of(names);
      }
    } catch (IOException e) {
      // rejected with its reason when its turn comes
    }
    return Optional.empty();
  }

  private static void collect(JsonParser parser, String prefix, int depth, Set<String> names)
      throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String path = prefix + parser.currentName();
      JsonToken token = parser.nextToken();
      if (token == JsonToken.START_OBJECT && depth < DEEPEST) {
        collect(parser, path + ".", depth + 1, names);
      } else {
        parser.skipChildren();
        names.add(path);
      }
    }
  }
}
