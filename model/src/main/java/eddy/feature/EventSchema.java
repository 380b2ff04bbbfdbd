package eddy.feature;

import eddy.feature.TargetSpec.Horizon;
import eddy.feature.TargetSpec.Reference;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The fields that a learner reads from every event: of features, targets and references, one for
 * each path and kind.
 *
 * <p>Knows the labels that stand in the event they are predicted for: no feature may read one of
 * these but through a lag.
 */
public final class EventSchema {
  private final List<Field> fields;
  private final Set<String> sameEventLabels;

  private EventSchema(List<Field> fields, Set<String> sameEventLabels) {
    this.fields = List.copyOf(fields);
    this.sameEventLabels = sameEventLabels;
  }

  /**
   * The fields behind features and targets, in this order.
   *
   * @throws IllegalArgumentException where the links of a feature do not fit together, or a feature
   *     would read the label that is to be predicted
   */
  public static EventSchema of(List<FeatureSpec> features, List<TargetSpec> targets) {
    Set<String> labels = new HashSet<>();
    for (TargetSpec target : targets) {
      if (target.horizon() instanceof Horizon.SameEvent) {
        labels.add(target.field());
      }
    }
    List<Field> fields = new ArrayList<>();
    EventSchema checks = new EventSchema(List.of(), labels);
    for (FeatureSpec feature : features) {
      FieldKind kind = checks.chain(feature).kind();
      if (kind != null) {
        // an event without its label is no bad event
        boolean required = !feature.optional() && !labels.contains(feature.field());
        add(fields, new Field(feature.field(), kind, required));
      }
    }
    for (TargetSpec target : targets) {
      add(fields, new Field(target.field(), target.kind(), false));
    }
    for (TargetSpec target : targets) {
      if (target.reference() instanceof Reference.Past past) {
        add(fields, new Field(past.field(), FieldKind.NUMBER, false));
      }
    }
    return new EventSchema(fields, labels);
  }

  private static void add(List<Field> fields, Field field) {
    int index = indexOf(fields, field.path(), field.kind());
    if (index < 0) {
      fields.add(field);
    } else if (field.required()) {
      fields.set(index, field);
    }
  }

  private static int indexOf(List<Field> fields, String path, FieldKind kind) {
    for (int i = 0; i < fields.size(); i++) {
      if (fields.get(i).path().equals(path) && fields.get(i).kind() == kind) {
        return i;
      }
    }
    return -1;
  }

  /** Number of fields. */
  public int size() {
    return fields.size();
  }

  public List<Field> fields() {
    return fields;
  }

  public Field field(int index) {
    return fields.get(index);
  }

  /**
   * Where a field stands in an {@link Event}.
   *
   * @throws IllegalArgumentException where the schema has no such field
   */
  public int index(String path, FieldKind kind) {
    int index = indexOf(fields, path, kind);
    if (index < 0) {
      throw new IllegalArgumentException(
          "no feature or target reads "
              + phrase(path, kind)
              + "; they read "
              + fields.stream()
                  .map(field -> phrase(field.path(), field.kind()))
                  .collect(Collectors.joining(", ")));
    }
    return index;
  }

  private static String phrase(String path, FieldKind kind) {
    return path + " as a " + kind.name().toLowerCase(Locale.ROOT);
  }

  /** Whether a field is the label of a target in its own event. */
  boolean holdsLabel(String path) {
    return sameEventLabels.contains(path);
  }

  /** The normal form of a feature, refused where it would read the label of its own event. */
  Chain chain(FeatureSpec feature) {
    Chain chain = Chain.of(feature);
    if (chain.kind() != null && chain.lagFrom() < 1 && holdsLabel(feature.field())) {
      throw new IllegalArgumentException(
          "feature "
              + feature
              + ": "
              + feature.field()
              + " is a target of the same event and must not be read before it is predicted; add"
              + " lag(1)");
    }
    return chain;
  }
}
