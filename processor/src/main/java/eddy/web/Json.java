package eddy.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eddy.query.Value;

/** Trees of JSON and their bytes. */
final class Json {
  static final String CONTENT_TYPE = "application/json";

  static final ObjectMapper MAPPER = new ObjectMapper();

  private Json() {}

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** Adds a number; null where it is not defined. */
  static void put(ObjectNode object, String name, double number) {
    if (Double.isFinite(number)) {
      object.put(name, number);
    } else {
      object.putNull(name);
    }
  }

  /** Adds a number or a text; null where it is neither. */
  static void put(ObjectNode object, String name, Value value) {
    if (value.text() != null) {
      object.put(name, value.text());
    } else {
      put(object, name, value.number());
    }
  }

  static byte[] bytes(Object json) {
    try {
      return MAPPER.writeValueAsBytes(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of JSON cannot be written", e);
    }
  }
}
