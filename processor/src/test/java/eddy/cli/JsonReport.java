package eddy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a command printed with {@code --json}, and what docs/command-line.md says that it prints.
 */
final class JsonReport {
  private static final ObjectMapper STRICT =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  private static final Pattern NAME = Pattern.compile("`([a-z_]+)`");

  private JsonReport() {}

  /** The one document that standard output holds; has the fields of a row of the table. */
  static JsonNode of(StringWriter out, String row) throws IOException {
    JsonNode document = STRICT.readTree(out.toString());
    assertThat(document.fieldNames())
        .toIterable()
        .as(row)
        .containsExactlyInAnyOrderElementsOf(documented(row));
    return document;
  }

  private static List<String> documented(String row) throws IOException {
    String line =
        Files.readAllLines(Path.of("..", "docs", "command-line.md")).stream()
            .filter(each -> each.startsWith("| `" + row + "` | `"))
            .findFirst()
            .orElseThrow();
    String fields = line.substring(line.indexOf("` | `"));
    return NAME.matcher(fields).results().map(found -> found.group(1)).toList();
  }
}
