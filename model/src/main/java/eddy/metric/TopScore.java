package eddy.metric;

import java.util.function.Supplier;

/**
 * Top-k accuracy: the share of labels among the k classes that were held most likely, for k = 2, 3
 * and 5. NaN before the first label.
 */
public final class TopScore {
  private static final int[] SIZES = {2, 3, 5};

  /** A rank of a class that was not ranked: never among the first. */
  public static final int UNRANKED = Integer.MAX_VALUE;

  // of those beyond, since the share of few is more exact than what is left of nearly all
  private final RunningMean[] beyond = new RunningMean[SIZES.length];

  /**
   * @param means what is averaged by
   */
  public TopScore(Supplier<RunningMean> means) {
    for (int i = 0; i < beyond.length; i++) {
      beyond[i] = means.get();
    }
  }

  /** The k that are counted, ascending. Allocates. */
  public static int[] sizes() {
    return SIZES.clone();
  }

  /**
   * Scores one ranking. Modifies only this score.
   *
   * @param rank of the true class, 1 for the one held most likely, {@link #UNRANKED} for none
   */
  public void add(int rank) {
    for (int i = 0; i < beyond.length; i++) {
      beyond[i].add(rank <= SIZES[i] ? 0 : 1);
    }
  }

  /** Number of labels scored so far. */
  public long count() {
    return beyond[0].count();
  }

  /** Share of labels among the first {@code sizes()[index]} classes. */
  public double within(int index) {
    return 1 - beyond[index].mean();
  }

  /**
   * Share of a baseline's labels beyond its first {@code sizes()[index]} classes that are within
   * here; NaN where it has none. Of the same labels.
   */
  public double skill(int index, TopScore baseline) {
    return Skill.of(beyond[index].mean(), baseline.beyond[index].mean());
  }
}
