package eddy.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** Lines for people out of what {@code inspect} prints as JSON. */
final class InspectText {
  private InspectText() {}

  /** A line for each value, indented as it is nested. */
  static String of(JsonNode root) {
    StringBuilder text = new StringBuilder();
    append(root, "", text);
    return text.toString().stripTrailing();
  }

  private static void append(JsonNode node, String indent, StringBuilder text) {
    for (Map.Entry<String, JsonNode> each : node.properties()) {
      String name = each.getKey().replace('_', ' ');
      JsonNode value = each.getValue();
      if (value.isObject()) {
        text.append(indent).append(name).append('\n');
        append(value, indent + "  ", text);
      } else if (value.isArray() && !value.isEmpty() && value.get(0).isObject()) {
        for (JsonNode entry : value) {
          text.append(indent).append(name, 0, name.length() - 1).append('\n');
          append(entry, indent + "  ", text);
        }
      } else if (!value.isArray() || !value.isEmpty()) {
        String shown = value.isTextual() ? value.asText() : value.toString();
        text.append(indent).append(name).append(": ").append(shown).append('\n');
      }
    }
  }
}
