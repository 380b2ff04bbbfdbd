package eddy.feature;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Sequences of a field's values, as hashed features, where the values themselves are features: the
 * newest named one, the last two, the last three.
 *
 * <p>Nothing is read that is not named. A field of which no two consecutive values are named has no
 * sequences.
 */
public final class CategoryContexts {
  /** Longest sequence. */
  static final int LONGEST = 3;

  /** Rows of each length. */
  static final int SLOTS = 1 << 14;

  private CategoryContexts() {}

  /** The sequences of named features; empty where there are none. */
  public static List<FeatureSpec> of(List<FeatureSpec> named) {
    Map<String, TreeSet<Integer>> lagsOf = new TreeMap<>();
    for (FeatureSpec feature : named) {
      Chain chain = Chain.of(feature);
      if (chain.signal() == Transform.Signal.SLOT && chain.kind() == FieldKind.CATEGORY) {
        TreeSet<Integer> lags = lagsOf.computeIfAbsent(feature.field(), field -> new TreeSet<>());
        for (int lag = chain.lagFrom(); lag <= chain.lagTo(); lag++) {
          lags.add(lag);
        }
      }
    }
    List<FeatureSpec> result = new ArrayList<>();
    lagsOf.forEach((field, lags) -> addSequences(field, lags, result));
    return List.copyOf(result);
  }

  private static void addSequences(String field, TreeSet<Integer> lags, List<FeatureSpec> result) {
    int newest = lags.first();
    int longest = 1;
    while (longest < LONGEST && lags.contains(newest + longest)) {
      longest++;
    }
    for (int length = 1; longest > 1 && length <= longest; length++) {
      List<Encoder> chain = new ArrayList<>(List.of(new Recent(length, SLOTS)));
      if (newest > 0) {
        chain.add(new Lag(newest, newest));
      }
      result.add(new FeatureSpec(field, false, chain));
    }
  }
}
