package eddy.feature;

import java.util.Arrays;

/**
 * A field, or what a transform makes of another node: computed once per event, and shared by all
 * features that begin alike.
 *
 * <p>Note for the implementer. The key's memory holds a ring of the node's last {@code depth}
 * values, that of event e in slot e mod depth. Before the first wrap, slot 0 holds the first event,
 * which answers for all that would come before it; after it no such question can be asked, as no
 * one looks further back than depth. NaN in the ring is a missing value.
 */
final class Node implements Transform.Input {
  private static final int NONE = -1;

  final double[] value;
  private final Node input;
  private final Transform transform;
  private final int field;
  private final boolean category;
  private int depth;
  private int ringAt;
  private int momentsAt = NONE;
  private int dictionaryAt = NONE;

  // of the event that is being encoded; references only where they are needed, as each write of
  // one costs a barrier of the garbage collector
  private long position;
  private int cursor;
  private double[] memory;
  private String text;
  private Dictionary dictionary;

  private Node(int field, boolean category, Node input, Transform transform, int width) {
    this.field = field;
    this.category = category;
    this.input = input;
    this.transform = transform;
    value = new double[width];
    value[0] = Double.NaN;
  }

  /** The beginning of chains that read no field. */
  static Node nothing() {
    return new Node(NONE, false, null, null, 1);
  }

  /**
   * The value of a field as it stands in the event.
   *
   * @param field its index in the schema
   * @param category whether it is read as a text
   */
  static Node of(int field, boolean category) {
    return new Node(field, category, null, null, 1);
  }

  /** What a transform makes of this node. */
  Node then(Transform next) {
    need(next.history());
    boolean index = next.gives() == Transform.Signal.SLOT || next.gives() == Transform.Signal.ROW;
    return new Node(field, false, this, next, index ? 1 : next.outputs());
  }

  /** Whether it is a number as it stands in the event, of which nothing is remembered. */
  boolean isField() {
    return transform == null && field != NONE && !category && depth == 0;
  }

  int field() {
    return field;
  }

  /** Whether it is made of another node. */
  boolean reads(Node node) {
    return input == node;
  }

  /** Asks for that many past values. */
  void need(int history) {
    depth = Math.max(depth, history);
  }

  /** Asks for running moments. */
  void needMoments() {
    momentsAt = 0;
  }

  /** Places the ring; returns where the next one may stand. */
  int placeRing(int at) {
    ringAt = at;
    return Math.addExact(at, Math.multiplyExact(depth, value.length));
  }

  /** Places the moments, if any; returns how many signals have moments so far. */
  int placeMoments(int signals) {
    if (momentsAt == NONE) {
      return signals;
    }
    momentsAt = signals * FeatureStatistics.SIZE;
    return signals + 1;
  }

  /** Places the dictionary; its slots are those of {@link #dictionarySlots()}. */
  void placeDictionary(int at) {
    dictionaryAt = at;
  }

  /** Number of its dictionary; negative without one. */
  int dictionaryAt() {
    return dictionaryAt;
  }

  int dictionarySlots() {
    return transform == null ? 0 : transform.dictionarySlots();
  }

  /** Computes this event's value out of the past and of nodes that stand before. */
  void compute(Event event, double[] past, FeatureStatistics statistics) {
    position = (long) past[0];
    cursor = depth == 0 ? 0 : (int) (position % depth);
    if (transform == null) {
      read(event);
      return;
    }
    if (input.depth > 0) {
      memory = past;
    }
    if (dictionaryAt != NONE) {
      dictionary = statistics.dictionaries[dictionaryAt];
    }
    transform.apply(this, value);
  }

  private void read(Event event) {
    if (category) {
      text = event.categories[field];
      value[0] = text == null ? Double.NaN : TextHash.of(text);
    } else if (field != NONE) {
      value[0] = number(event, field);
    }
  }

  /** A field's number; NaN where it is missing or larger than events may be. */
  static double number(Event event, int field) {
    double number = event.numbers[field];
    return Math.abs(number) <= Event.LARGEST ? number : Double.NaN;
  }

  /** Takes in the computed value. Modifies only statistics. */
  void absorb(FeatureStatistics statistics) {
    if (dictionaryAt != NONE && input.text != null) {
      value[0] = statistics.dictionaries[dictionaryAt].assign(input.text);
    }
    if (momentsAt != NONE && !Double.isNaN(value[0])) {
      statistics.update(momentsAt, value[0]);
    }
  }

  /** Makes the computed value part of the past. Modifies only memory. */
  void remember(double[] past) {
    if (depth > 0) {
      int at = ringAt + (int) ((long) past[0] % depth) * value.length;
      for (int i = 0; i < value.length; i++) {
        // one bit pattern for all that is missing
        past[at + i] = Double.isNaN(value[i]) ? Double.NaN : value[i];
      }
    }
  }

  /** Index in memory of the value some events ago; negative while there is no past event. */
  int pastAt(int events) {
    if (position == 0) {
      return NONE;
    }
    int slot = events >= position ? 0 : cursor - events;
    return ringAt + (slot < 0 ? slot + depth : slot) * value.length;
  }

  int momentsAt() {
    return momentsAt;
  }

  @Override
  public double now() {
    return input.value[0];
  }

  @Override
  public double ago(int events) {
    int at = input.pastAt(events);
    return at < 0 ? input.value[0] : memory[at];
  }

  @Override
  public String text() {
    return input.text;
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public Dictionary dictionary() {
    return dictionary;
  }

  @Override
  public String toString() {
    return (transform == null ? "field " + field : input + ":" + transform)
        + Arrays.toString(value);
  }
}
