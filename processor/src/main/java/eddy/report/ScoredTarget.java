package eddy.report;

import eddy.learn.Outcome;
import eddy.learn.Spread;
import java.util.List;
import java.util.Objects;

/** One target of a {@link ScoredLine}: its label, and what was said of it at the origin. */
public sealed interface ScoredTarget {
  /** The line does not settle this target. */
  Unsettled UNSETTLED = new Unsettled();

  /** A target that the line does not settle. */
  record Unsettled() implements ScoredTarget {}

  /**
   * What a rival said of a number.
   *
   * @param value NaN where it said nothing
   * @param spread what it said of its own uncertainty; nothing where the value is all
   */
  record Estimate(double value, Spread spread) {
    public Estimate {
      Objects.requireNonNull(spread, "spread");
    }

    /** A value alone. */
    public Estimate(double value) {
      this(value, Spread.NONE);
    }
  }

  /**
   * A number, in the field's own units.
   *
   * @param label what it turned out to be
   * @param predicted what was published
   * @param baseline what persistence said; NaN where it said nothing
   * @param model what the learner said; NaN where it said nothing usable
   * @param source who made the published value
   * @param spread what the learner said of its own uncertainty
   * @param rivals what every rival of the run said, in the order of their names
   */
  record OfNumber(
      double label,
      double predicted,
      double baseline,
      double model,
      Outcome.Source source,
      Spread spread,
      List<Estimate> rivals)
      implements ScoredTarget {
    public OfNumber {
      Objects.requireNonNull(source, "source");
      Objects.requireNonNull(spread, "spread");
      rivals = List.copyOf(rivals);
    }

    /** A number without rivals. */
    public OfNumber(
        double label,
        double predicted,
        double baseline,
        double model,
        Outcome.Source source,
        Spread spread) {
      this(label, predicted, baseline, model, source, spread, List.of());
    }

    /** A number that says nothing of its uncertainty. */
    public OfNumber(
        double label, double predicted, double baseline, double model, Outcome.Source source) {
      this(label, predicted, baseline, model, source, Spread.NONE);
    }
  }

  /**
   * What a rival said of a class.
   *
   * @param predicted the class that it held most likely; null for none
   * @param probability given to the true class
   * @param rank of the true class by what the rival gave to each, 1 where the rival said it
   */
  record Opinion(String predicted, double probability, int rank) {
    /**
     * An opinion of a label.
     *
     * @param rank of the label's slot
     */
    public static Opinion of(String label, String predicted, double probability, int rank) {
      return new Opinion(predicted, probability, place(label, predicted, rank));
    }
  }

  /** Rank of a label, of whose slot only the rank is known. */
  private static int place(String label, String said, int rank) {
    // a slot without a class may have most: then another is said, with less
    return label.equals(said) ? 1 : Math.max(2, rank);
  }

  /**
   * A class, by name.
   *
   * @param label what it turned out to be
   * @param predicted what was published; null for none
   * @param baseline the class before it; null for none
   * @param model what the learner said; null for none
   * @param source who made the published value
   * @param probability given to the true class
   * @param rank of the true class by what the learner gave to each, 1 where the learner said it
   * @param confidence what the learner gave to the class that it said; NaN where it is not known
   * @param rivals what every rival of the run said, in the order of their names
   */
  record OfClass(
      String label,
      String predicted,
      String baseline,
      String model,
      Outcome.Source source,
      double probability,
      int rank,
      double confidence,
      List<Opinion> rivals)
      implements ScoredTarget {
    public OfClass {
      Objects.requireNonNull(label, "label");
      Objects.requireNonNull(source, "source");
      rivals = List.copyOf(rivals);
      rank = place(label, model, rank);
    }

    /** A class without rivals, of which the learner's confidence is not known. */
    public OfClass(
        String label,
        String predicted,
        String baseline,
        String model,
        Outcome.Source source,
        double probability,
        int rank) {
      this(label, predicted, baseline, model, source, probability, rank, Double.NaN, List.of());
    }

    /**
     * Rank of the true class in what was published. Where that was the baseline, its class stands
     * before those of the learner.
     */
    public int publishedRank() {
      if (source == Outcome.Source.MODEL) {
        return rank;
      }
      return label.equals(predicted) ? 1 : rank + 1;
    }
  }
}
