package eddy.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Reads openapi.json, and holds answers against it. */
final class OpenApi {
  final JsonNode document;

  private OpenApi(JsonNode document) {
    this.document = document;
  }

  static OpenApi read() throws IOException {
    try (InputStream file = OpenApi.class.getResourceAsStream("/eddy/web/openapi.json")) {
      return new OpenApi(new ObjectMapper().readTree(file));
    }
  }

  JsonNode resolve(JsonNode schema) {
    JsonNode reference = schema.get("$ref");
    if (reference == null) {
      return schema;
    }
    JsonNode found = document.at(reference.textValue().substring(1));
    assertThat(found.isMissingNode()).as(reference.textValue()).isFalse();
    return found;
  }

  /** The schema of a 200 answer in JSON. */
  JsonNode answer(String path, String method) {
    return document
        .get("paths")
        .get(path)
        .get(method)
        .at("/responses/200/content/application~1json/schema");
  }

  /** Fails where an answer has what its schema does not, or lacks what it requires. */
  void assertValid(JsonNode value, JsonNode reference, String place) {
    JsonNode schema = resolve(reference);
    if (schema.has("anyOf")) {
      if (!value.isNull()) {
        assertValid(value, schema.get("anyOf").get(0), place);
      }
      return;
    }
    if (schema.has("enum")) {
      assertThat(schema.get("enum")).as(place).contains(value);
      return;
    }
    assertThat(types(schema)).as("%s: %s", place, value).containsAnyElementsOf(typesOf(value));
    if (value.isArray() && schema.has("items")) {
      value.forEach(item -> assertValid(item, schema.get("items"), place + "[]"));
    }
    if (value.isObject()) {
      schema
          .path("required")
          .forEach(name -> assertThat(value.has(name.textValue())).as(place + "." + name).isTrue());
      for (Map.Entry<String, JsonNode> field : value.properties()) {
        JsonNode known = schema.path("properties").path(field.getKey());
        if (!known.isMissingNode()) {
          assertValid(field.getValue(), known, place + "." + field.getKey());
        } else {
          assertThat(schema.has("properties") && !schema.has("additionalProperties"))
              .as("%s.%s is in no schema", place, field.getKey())
              .isFalse();
        }
      }
    }
  }

  private static Set<String> types(JsonNode schema) {
    Set<String> types = new HashSet<>();
    JsonNode type = schema.get("type");
    if (type.isTextual()) {
      types.add(type.textValue());
    } else {
      type.forEach(one -> types.add(one.textValue()));
    }
    return types;
  }

  private static Set<String> typesOf(JsonNode value) {
    return switch (value.getNodeType()) {
      case NUMBER -> value.isIntegralNumber() ? Set.of("integer", "number") : Set.of("number");
      case STRING -> Set.of("string");
      case BOOLEAN -> Set.of("boolean");
      case ARRAY -> Set.of("array");
      case OBJECT -> Set.of("object");
      default -> Set.of("null");
    };
  }
}
