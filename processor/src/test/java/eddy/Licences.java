package eddy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The list of licences under which others' jars may be delivered: processor/licences.txt. */
final class Licences {
  private static final String ALLOWED = "allowed: ";

  /** Jars whose bill says one thing, and are taken as another. */
  private record Reading(Pattern jars, String says, String takenAs, String line) {}

  private final Set<String> allowed = new HashSet<>();
  private final List<Reading> readings = new ArrayList<>();
  private final Set<String> unused = new HashSet<>();

  Licences(List<String> lines) {
    for (String line : lines) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      if (line.startsWith(ALLOWED)) {
        allowed.add(line.substring(ALLOWED.length()).strip());
      } else {
        readings.add(reading(line));
        unused.add(line);
      }
    }
    for (Reading each : readings) {
      if (!allowed.contains(each.takenAs())) {
        throw new IllegalArgumentException(each.takenAs() + " is not allowed: " + each.line());
      }
    }
  }

  private static Reading reading(String line) {
    String[] parts = line.split(" \\| ");
    if (parts.length != 4) {
      throw new IllegalArgumentException("expected JARS | SAYS | TAKEN AS | WHY: " + line);
    }
    String jars = Pattern.quote(parts[0]).replace("*", "\\E.*\\Q");
    return new Reading(Pattern.compile(jars), parts[1], parts[2], line);
  }

  /** What is wrong with a component of the bill, if anything. */
  Optional<String> complaint(JsonNode component) {
    String name = component.path("group").asText() + ":" + component.path("name").asText();
    String says = says(component);
    if (allowed.contains(says)) {
      return Optional.empty();
    }
    for (Reading each : readings) {
      if (each.says().equals(says) && each.jars().matcher(name).matches()) {
        unused.remove(each.line());
        return Optional.empty();
      }
    }
    return Optional.of(name + " is under " + says);
  }

  private static String says(JsonNode component) {
    List<String> names = new ArrayList<>();
    for (JsonNode entry : component.path("licenses")) {
      JsonNode licence = entry.path("license");
      names.add(
          entry.has("expression")
              ? entry.get("expression").asText()
              : licence.path("id").asText(licence.path("name").asText()));
    }
    return names.isEmpty() ? "none" : names.stream().collect(Collectors.joining(", "));
  }

  /** Lines on jars that no component so far was. */
  Set<String> unused() {
    return Set.copyOf(unused);
  }
}
