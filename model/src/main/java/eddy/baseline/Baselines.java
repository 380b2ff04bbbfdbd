package eddy.baseline;

import java.util.ArrayList;
import java.util.List;

/**
 * A choice of baselines.
 *
 * @param names of those that are wanted, each one of {@link #NAMES}
 */
public record Baselines(List<String> names) {
  /** Names of all baselines, in the order in which they are reported. */
  public static final List<String> NAMES = List.of(MeanValue.NAME, ClassRivals.PRIOR);

  public static final Baselines ALL = new Baselines(NAMES);
  public static final Baselines NONE = new Baselines(List.of());

  public Baselines {
    names = List.copyOf(names);
    for (String name : names) {
      if (!NAMES.contains(name)) {
        throw new IllegalArgumentException(
            "there is no baseline " + name + "; there are " + String.join(", ", NAMES));
      }
    }
  }

  /**
   * Those of a number, for keys that share what they learn.
   *
   * @param waiting most forecasts of a key that wait for their labels
   */
  public NumberRivals ofNumber(int waiting) {
    List<NumberBaseline> baselines = new ArrayList<>();
    if (names.contains(MeanValue.NAME)) {
      baselines.add(new MeanValue());
    }
    return new NumberRivals(baselines, waiting);
  }

  /**
   * Those of a class, for keys that share what they learn.
   *
   * @param slots of classes
   * @param waiting most forecasts of a key that wait for their labels
   */
  public ClassRivals ofClass(int slots, int waiting) {
    List<Integer> orders = new ArrayList<>();
    for (int order = 0; order <= MarkovChain.HIGHEST; order++) {
      if (names.contains(ClassRivals.name(order))) {
        orders.add(order);
      }
    }
    return new ClassRivals(orders, slots, waiting);
  }
}
