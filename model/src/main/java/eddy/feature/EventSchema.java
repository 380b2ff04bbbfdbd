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
 * these but through a lag. Where an event is labelled only after others have followed it, encoders
 * are shown its labels that many events late.
 */
public final class EventSchema {
  /** Path of the id of a label's event, where events have no ids of their own. */
  public static final String LABEL_ID = "id";

  private final List<Field> fields;
  private final int eventFields;
  private final Set<String> sameEventLabels;
  private final int lookahead;
  private final boolean wholeSequences;

  private EventSchema(
      List<Field> fields,
      int eventFields,
      Set<String> sameEventLabels,
      int lookahead,
      boolean wholeSequences) {
    this.fields = List.copyOf(fields);
    this.eventFields = eventFields;
    this.sameEventLabels = sameEventLabels;
    this.lookahead = lookahead;
    this.wholeSequences = wholeSequences;
  }

  /**
   * The fields behind features and targets, in this order.
   *
   * @throws IllegalArgumentException where the links of a feature do not fit together, or a feature
   *     would read the label that is to be predicted
   */
  public static EventSchema of(List<FeatureSpec> features, List<TargetSpec> targets) {
    return of(features, targets, 0, SequenceSpec.ENDLESS);
  }

  /**
   * The same for events that are labelled late, or make up sequences.
   *
   * @param lookahead events that follow before an event is labelled
   */
  public static EventSchema of(
      List<FeatureSpec> features, List<TargetSpec> targets, int lookahead, SequenceSpec sequence) {
    return of(features, targets, lookahead, sequence, ArrivalSpec.ANY);
  }

  /** The same for events that are told apart by an id. */
  public static EventSchema of(
      List<FeatureSpec> features,
      List<TargetSpec> targets,
      int lookahead,
      SequenceSpec sequence,
      ArrivalSpec arrivals) {
    Set<String> labels = new HashSet<>();
    for (TargetSpec target : targets) {
      if (target.horizon() instanceof Horizon.SameEvent) {
        labels.add(target.field());
      }
    }
    List<Field> fields = new ArrayList<>();
    EventSchema checks = new EventSchema(List.of(), 0, labels, lookahead, sequence.whole());
    for (FeatureSpec feature : features) {
      FieldKind kind = checks.chain(feature).kind();
      if (kind != null) {
        // an event without its label is no bad event
        boolean required = !feature.optional() && !labels.contains(feature.field());
        add(fields, new Field(feature.field(), kind, required));
      }
    }
    for (TargetSpec target : targets) {
      if (!(target.horizon() instanceof Horizon.LabelTopic)) {
        add(fields, new Field(target.field(), target.kind(), false));
      }
    }
    for (TargetSpec target : targets) {
      if (target.reference() instanceof Reference.Past past) {
        add(fields, new Field(past.field(), FieldKind.NUMBER, false));
      }
    }
    if (sequence.ends()) {
      add(fields, new Field(sequence.endField(), FieldKind.TRUTH, !sequence.optional()));
    }
    if (arrivals.readsId()) {
      add(fields, new Field(arrivals.idField(), FieldKind.CATEGORY, true));
    }
    int inEvents = fields.size();
    for (TargetSpec target : targets) {
      add(fields, new Field(target.field(), target.kind(), false));
    }
    return new EventSchema(fields, inEvents, labels, lookahead, sequence.whole());
  }

  /**
   * The fields of labels that come by themselves: the id of their event, first, and the targets
   * that wait for them.
   *
   * @param idField path of the id
   */
  public static EventSchema ofLabels(String idField, List<TargetSpec> targets) {
    List<Field> fields = new ArrayList<>();
    fields.add(new Field(idField, FieldKind.CATEGORY, true));
    for (TargetSpec target : targets) {
      if (target.horizon() instanceof Horizon.LabelTopic) {
        add(fields, new Field(target.field(), target.kind(), false));
      }
    }
    return new EventSchema(fields, fields.size(), Set.of(), 0, false);
  }

  /** Fields that are read for their own sake, by no feature or target. */
  public static EventSchema ofFields(List<Field> fields) {
    return new EventSchema(fields, fields.size(), Set.of(), 0, false);
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

  /** The first of them, which events have: others only come with labels. */
  public List<Field> eventFields() {
    return fields.subList(0, eventFields);
  }

  public Field field(int index) {
    return fields.get(index);
  }

  /** The first field that is a time; -1 where there is none. */
  public int firstTime() {
    for (int field = 0; field < fields.size(); field++) {
      if (fields.get(field).kind() == FieldKind.TIME) {
        return field;
      }
    }
    return -1;
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
  public boolean holdsLabel(String path) {
    return sameEventLabels.contains(path);
  }

  /**
   * The normal form of a feature, refused where it would read a label that is still to be
   * predicted. Of a label that is shown late, the lag is counted from where it is shown.
   */
  Chain chain(FeatureSpec feature) {
    Chain chain = Chain.of(feature);
    if (chain.kind() == null || !holdsLabel(feature.field())) {
      return chain;
    }
    if (wholeSequences) {
      throw new IllegalArgumentException(
          "feature "
              + feature
              + ": "
              + feature.field()
              + " is the target of the whole sequence and must not be read within it; remove the"
              + " feature");
    }
    if (chain.lagFrom() <= lookahead) {
      String late = lookahead == 0 ? "" : ", " + lookahead + " events after it";
      throw new IllegalArgumentException(
          "feature "
              + feature
              + ": "
              + feature.field()
              + " is a target of the same event and must not be read before it is predicted"
              + late
              + "; add lag("
              + (lookahead + 1)
              + ")");
    }
    return lookahead == 0 ? chain : chain.lagged(-lookahead, -lookahead);
  }
}
