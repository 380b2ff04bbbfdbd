package eddy.feature;

import eddy.math.Alignment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Turns events into the inputs of a learner.
 *
 * <p>Holds scratch: one per task, used by one thread. What lasts is passed in: a memory for each
 * key, which starts as zeros, and the statistics that keys share. No allocation per event, but for
 * the first sight of a text.
 *
 * <p>Note for the implementer. Features that begin with the same field and transforms share one
 * {@link Node}, so its value is computed, standardised and remembered once. Memory is the number of
 * the key's events, then the nodes' rings: cost per event is O(nodes + outputs), whatever the lags.
 */
public final class FeatureEncoder {
  /** Most hashed rows of all features together. */
  static final int MOST_ROWS = 1 << 28;

  private final Node[] nodes;
  private final Lanes[] features;

  /** What of them is not encoded all at once by {@link #plain}. */
  private final Node[] otherNodes;

  private final int[] others;
  private final PlainFields plain;
  private final int[] offsets;
  private final int[] firstRow;
  private final int[] rowOffsets;
  private final List<String> names;
  private final int memoryLength;
  private final int signals;
  private final int[] dictionarySlots;
  private boolean encoded;

  private FeatureEncoder(List<Node> nodes, List<Lanes> features, List<String> names) {
    this.nodes = nodes.toArray(Node[]::new);
    this.features = features.toArray(Lanes[]::new);
    this.names = List.copyOf(names);
    offsets = new int[features.size() + 1];
    for (int i = 0; i < features.size(); i++) {
      offsets[i + 1] = Math.addExact(offsets[i], features.get(i).width());
    }
    firstRow = new int[features.size() + 1];
    rowOffsets = new int[features.size() + 1];
    for (int i = 0; i < features.size(); i++) {
      firstRow[i + 1] = rowsUpTo(firstRow[i] + features.get(i).rows());
      rowOffsets[i + 1] = Math.addExact(rowOffsets[i], features.get(i).rowLanes());
    }
    int at = 1;
    int moments = 0;
    List<Node> withDictionary = new ArrayList<>();
    for (Node node : nodes) {
      at = node.placeRing(at);
      moments = node.placeMoments(moments);
      if (node.dictionarySlots() > 0) {
        node.placeDictionary(withDictionary.size());
        withDictionary.add(node);
      }
    }
    memoryLength = at;
    signals = moments;
    plain = new PlainFields(nodes, features, offsets);
    otherNodes = nodes.stream().filter(node -> !plain.covers(node)).toArray(Node[]::new);
    others =
        IntStream.range(0, features.size())
            .filter(i -> !plain.covers(features.get(i).node()))
            .toArray();
    dictionarySlots = withDictionary.stream().mapToInt(Node::dictionarySlots).toArray();
  }

  private static int rowsUpTo(long rows) {
    if (rows > MOST_ROWS) {
      throw new IllegalArgumentException(
          "the features have "
              + rows
              + " hashed rows but at most "
              + MOST_ROWS
              + " are allowed; give hash or context fewer slots");
    }
    return (int) rows;
  }

  /**
   * Compiles features.
   *
   * @throws IllegalArgumentException where the schema lacks a field, the links of a feature do not
   *     fit together, or a feature would read the label of its own event
   */
  public static FeatureEncoder of(List<FeatureSpec> specs, EventSchema schema) {
    Map<Prefix, Node> nodes = new LinkedHashMap<>();
    List<Lanes> features = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (FeatureSpec spec : specs) {
      Chain chain = schema.chain(spec);
      FieldKind kind = chain.kind();
      int field = kind == null ? -1 : schema.index(spec.field(), kind);
      Node source = kind == null ? Node.nothing() : Node.of(field, kind == FieldKind.CATEGORY);
      Node node = nodes.computeIfAbsent(new Prefix(field, List.of()), absent -> source);
      for (int length = 1; length <= chain.transforms().size(); length++) {
        Prefix prefix = new Prefix(field, chain.transforms().subList(0, length));
        Node shorter = node;
        Transform last = chain.transforms().get(length - 1);
        node = nodes.computeIfAbsent(prefix, absent -> shorter.then(last));
      }
      boolean label = kind != null && schema.holdsLabel(spec.field());
      features.add(new Lanes(node, chain, label, spec.optional()));
      String path = spec.field() + (spec.optional() ? "?" : "");
      names.addAll(Chain.of(spec).names(path));
      if (spec.optional()) {
        names.add(spec + "=missing");
      }
    }
    return new FeatureEncoder(List.copyOf(nodes.values()), features, names);
  }

  /** The beginning of a chain, which makes a node. */
  private record Prefix(int field, List<Transform> transforms) {
    Prefix {
      transforms = List.copyOf(transforms);
    }
  }

  /** Number of outputs. */
  public int width() {
    return names.size();
  }

  /**
   * First output of a feature.
   *
   * @param feature its index among the specs; their number gives {@link #width()}
   */
  public int offset(int feature) {
    return offsets[feature];
  }

  /**
   * First hashed row of a feature.
   *
   * @param feature its index among the specs; their number gives that of all rows
   */
  public int firstRow(int feature) {
    return firstRow[feature];
  }

  /**
   * Place of a feature's first active row among those of one event.
   *
   * @param feature its index among the specs; their number gives {@link #activeRows()}
   */
  public int activeRow(int feature) {
    return rowOffsets[feature];
  }

  /** Hashed rows that one event can activate. */
  public int activeRows() {
    return rowOffsets[features.length];
  }

  /** Names of the outputs, such as {@code lat:diff(1)} or {@code status=slot3}. */
  public List<String> names() {
    return names;
  }

  /** Number of doubles that a key's memory needs. */
  public int memoryLength() {
    return memoryLength;
  }

  /** The statistics of keys that have seen nothing. */
  public FeatureStatistics newStatistics() {
    return new FeatureStatistics(signals, dictionarySlots);
  }

  /**
   * How the outputs are aligned with those of a foreign learner of the same features.
   *
   * @param slots by dictionary, as {@link FeatureStatistics#merge} gave them
   * @param share of what stands for the same on both sides
   */
  public Alignment align(Alignment[] slots, float share) {
    Alignment all = Alignment.same(0, share);
    for (Lanes feature : features) {
      all = all.then(feature.align(slots, share));
    }
    return all;
  }

  /**
   * Encodes an event with what is known before it. Modifies only {@link #width()} outputs.
   *
   * @param memory of the event's key [memoryLength]
   * @param at index of the first output
   */
  public void encode(
      Event event, double[] memory, FeatureStatistics statistics, float[] out, int at) {
    plain.encode(event, statistics, out, at);
    for (Node node : otherNodes) {
      node.compute(event, memory, statistics);
    }
    for (int i : others) {
      features[i].write(memory, statistics, out, at + offsets[i]);
    }
    encoded = true;
  }

  /**
   * The active rows of the event of the last encode: one for each value of a sparse feature, -1
   * where it is missing. Modifies only rows.
   *
   * @param memory of the event's key, as it was encoded with
   * @param rows [{@link #activeRows}], each below {@link #firstRow} of their number
   */
  public void encodeRows(double[] memory, int[] rows) {
    for (int i = 0; i < features.length; i++) {
      if (rowOffsets[i] < rowOffsets[i + 1]) {
        features[i].writeRows(memory, firstRow[i], rows, rowOffsets[i]);
      }
    }
  }

  /**
   * Makes the event of the last encode part of a key's past alone, and leaves statistics and
   * dictionaries as they are. Modifies only memory.
   *
   * @param memory of the event's key, as it was encoded with
   */
  public void remember(double[] memory) {
    requireEncoded();
    for (Node node : otherNodes) {
      node.remember(memory);
    }
    memory[0]++;
  }

  /**
   * Makes the event of the last encode part of the past. Modifies only memory and statistics.
   *
   * @param memory of the event's key, as it was encoded with
   */
  public void absorb(double[] memory, FeatureStatistics statistics) {
    requireEncoded();
    plain.absorb(statistics);
    for (Node node : otherNodes) {
      node.absorb(statistics);
      node.remember(memory);
    }
    memory[0]++;
  }

  private void requireEncoded() {
    if (!encoded) {
      throw new IllegalStateException("absorb needs an encode before it, one for each call");
    }
    encoded = false;
  }
}
