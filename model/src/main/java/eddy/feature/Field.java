package eddy.feature;

import java.util.Objects;

/**
 * A field that the learner reads from every event.
 *
 * @param path name of the field; dots lead into nested objects
 * @param kind how its value is read
 * @param required whether an event without it is rejected
 */
public record Field(String path, FieldKind kind, boolean required) {
  public Field {
    Objects.requireNonNull(kind, "kind");
    if (path == null || path.isBlank()) {
      throw new IllegalArgumentException("a field needs a name, but it was \"" + path + "\"");
    }
  }
}
