package eddy.baseline;

import java.util.ArrayList;
import java.util.List;

/**
 * A choice of baselines.
 *
 * @param names of those that are wanted, each one of {@link #NAMES}
 * @param season events of a season; 0 where it is to be found
 */
public record Baselines(List<String> names, int season) {
  /** Names of all baselines, in the order in which they are reported. */
  public static final List<String> NAMES =
      List.of(
          SeasonalNaive.NAME,
          MeanValue.NAME,
          Smoothing.NAME,
          HoltWinters.NAME,
          LaggedLinear.NAME,
          ClassRivals.name(0),
          ClassRivals.name(1),
          ClassRivals.name(2),
          ClassRivals.name(3));

  /** Those that have a season. */
  private static final List<String> SEASONAL =
      List.of(SeasonalNaive.NAME, HoltWinters.NAME, LaggedLinear.NAME);

  public static final Baselines ALL = new Baselines(NAMES, 0);
  public static final Baselines NONE = new Baselines(List.of(), 0);

  public Baselines {
    names = List.copyOf(names);
    if (season != 0) {
      Season.of(season); // refuses what is no season
    }
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
   * @param ordered whether a key's labels come in the order of its events, each after as many
   *     others: those that count values are left out where they do not
   * @param waiting most forecasts of a key that wait for their labels
   */
  public NumberRivals ofNumber(boolean ordered, int waiting) {
    boolean finds = season == 0 && ordered && names.stream().anyMatch(SEASONAL::contains);
    Season shared = finds ? new SeasonFinder() : Season.of(Math.max(1, season));
    List<NumberBaseline> all =
        ordered
            ? List.of(
                new SeasonalNaive(shared),
                new MeanValue(),
                new Smoothing(),
                new HoltWinters(shared),
                new LaggedLinear(shared))
            : List.of(new MeanValue(), new Smoothing());
    List<NumberBaseline> chosen =
        all.stream().filter(baseline -> names.contains(baseline.name())).toList();
    return new NumberRivals(chosen, shared, waiting);
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
