package eddy.metric;

import java.util.function.Supplier;

/**
 * Top-k accuracy: the share of labels among the k classes that were held most likely, for k = 2, 3
 * and 5. NaN before the first label.
 */
public final class TopScore {
  private static final int[] SIZES = {2, 3, 5};

  private final RunningMean[] within = new RunningMean[SIZES.length];

  /**
   * @param means what is averaged by
   */
  public TopScore(Supplier<RunningMean> means) {
    for (int i = 0; i < within.length; i++) {
      within[i] = means.get();
    }
  }

  /** The k that are counted, ascending. Allocates. */
  public static int[] sizes() {
    return SIZES.clone();
  }

  /**
   * Scores one ranking. Modifies only this score.
   *
   * @param rank of the true class, 1 for the one held most likely
   */
  public void add(int rank) {
    for (int i = 0; i < within.length; i++) {
      within[i].add(rank <= SIZES[i] ? 1 : 0);
    }
  }

  /** Number of labels scored so far. */
  public long count() {
    return within[0].count();
  }

  /** Share of labels among the first {@code sizes()[index]} classes. */
  public double within(int index) {
    return within[index].mean();
  }
}
