package eddy.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class OpenApiTest {
  private static final Pattern PARAMETER = Pattern.compile("\\{(\\w+)}");

  @Test
  void document_allOfIt_isSound() throws IOException {
    OpenApi api = OpenApi.read();
    assertThat(api.document.get("openapi").textValue()).startsWith("3.1.");
    assertThat(api.document.at("/info/title").textValue()).isNotBlank();
    assertThat(api.document.at("/info/version").textValue()).isNotBlank();
    Set<String> ids = new HashSet<>();
    api.document
        .get("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(
                        operation -> {
                          check(api, path.getKey(), operation.getValue());
                          String id = operation.getValue().get("operationId").textValue();
                          assertThat(ids.add(id)).as("%s is there once", id).isTrue();
                        }));
    references(api, api.document);
  }

  private static void check(OpenApi api, String path, JsonNode operation) {
    assertThat(operation.get("summary").textValue()).as(path).isNotBlank();
    assertThat(operation.get("responses").has("200")).as(path).isTrue();
    operation
        .get("responses")
        .forEach(answer -> assertThat(api.resolve(answer).has("description")).as(path).isTrue());
    Matcher matcher = PARAMETER.matcher(path);
    while (matcher.find()) {
      JsonNode parameter = operation.get("parameters").get(0);
      assertThat(parameter.get("name").textValue()).isEqualTo(matcher.group(1));
      assertThat(parameter.get("required").booleanValue()).isTrue();
    }
  }

  private static void references(OpenApi api, JsonNode node) {
    if (node.has("$ref")) {
      api.resolve(node);
    }
    node.forEach(part -> references(api, part));
  }
}
