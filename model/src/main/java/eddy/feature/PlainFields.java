package eddy.feature;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The numeric fields that are standardised as they stand, all at once: what most features are, in
 * loops over flat arrays rather than from object to object.
 */
final class PlainFields {
  private final Set<Node> nodes = new HashSet<>();
  private final int[] field;
  private final int[] momentsAt;
  private final int[] output;
  private final double[] value;

  /**
   * Those among the features whose node serves no other.
   *
   * @param offsets of the features' outputs
   */
  PlainFields(List<Node> all, List<Lanes> features, int[] offsets) {
    int[] plain =
        IntStream.range(0, features.size())
            .filter(i -> features.get(i).isPlainField())
            .filter(i -> servesNoOther(features.get(i).node(), all, features))
            .toArray();
    field = new int[plain.length];
    momentsAt = new int[plain.length];
    output = new int[plain.length];
    value = new double[plain.length];
    for (int i = 0; i < plain.length; i++) {
      Node node = features.get(plain[i]).node();
      nodes.add(node);
      field[i] = node.field();
      momentsAt[i] = node.momentsAt();
      output[i] = offsets[plain[i]];
    }
  }

  private static boolean servesNoOther(Node node, List<Node> all, List<Lanes> features) {
    return all.stream().noneMatch(other -> other.reads(node))
        && features.stream().filter(lanes -> lanes.node() == node).count() == 1;
  }

  boolean covers(Node node) {
    return nodes.contains(node);
  }

  /** Modifies only out. */
  void encode(Event event, FeatureStatistics statistics, float[] out, int at) {
    for (int i = 0; i < field.length; i++) {
      double x = Node.number(event, field[i]);
      value[i] = x;
      int moments = momentsAt[i];
      double z = (x - statistics.mean(moments)) * statistics.inverseDeviation(moments);
      // the mean stands for what is missing
      out[at + output[i]] = Double.isNaN(z) ? 0f : Lanes.bounded(z, Standard.LIMIT);
    }
  }

  /** Takes in the values of the last event. Modifies only statistics. */
  void absorb(FeatureStatistics statistics) {
    for (int i = 0; i < value.length; i++) {
      if (!Double.isNaN(value[i])) {
        statistics.update(momentsAt[i], value[i]);
      }
    }
  }
}
