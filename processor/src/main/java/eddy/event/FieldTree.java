package eddy.event;

import eddy.feature.EventSchema;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The paths of a schema's fields as nested names.
 *
 * <p>A path {@code pos.lat} is found as {@code {"pos":{"lat":1}}} and as {@code {"pos.lat":1}}: the
 * latter is what becomes of a CSV column of that name.
 */
final class FieldTree {
  private final Map<String, FieldTree> children = new HashMap<>();
  private int[] fields = {};
  private int[] below = {};

  /** Of the event in which this object was seen last; anything below is only valid in it. */
  private long seenIn = -1;

  static FieldTree of(EventSchema schema) {
    FieldTree root = new FieldTree();
    for (int field = 0; field < schema.eventFields().size(); field++) {
      root.add(schema.field(field).path(), field);
    }
    return root;
  }

  private void add(String path, int field) {
    FieldTree flat = children.computeIfAbsent(path, name -> new FieldTree());
    flat.fields = with(flat.fields, field);
    int dot = path.indexOf('.');
    if (dot > 0 && dot < path.length() - 1) {
      FieldTree nested = children.computeIfAbsent(path.substring(0, dot), n -> new FieldTree());
      nested.below = with(nested.below, field);
      nested.add(path.substring(dot + 1), field);
    }
  }

  private static int[] with(int[] fields, int field) {
    int[] more = Arrays.copyOf(fields, fields.length + 1);
    more[fields.length] = field;
    return IntStream.of(more).distinct().toArray();
  }

  /** What is read under a name, null where nothing is. */
  FieldTree child(String name) {
    return children.get(name);
  }

  /** The fields, one for each kind, that are read from the value itself. */
  int[] fields() {
    return fields;
  }

  /** The fields that are read from inside the value, if it is an object. */
  int[] below() {
    return below;
  }

  /** Whether this is not the first value under this name in an event. */
  boolean comesAgain(long event) {
    boolean again = seenIn == event;
    seenIn = event;
    return again;
  }
}
