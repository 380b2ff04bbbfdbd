package eddy.report;

import eddy.learn.Outcome;
import eddy.learn.Spread;
import java.util.Objects;

/** One target of a {@link ScoredLine}: its label, and what was said of it at the origin. */
public sealed interface ScoredTarget {
  /** The line does not settle this target. */
  Unsettled UNSETTLED = new Unsettled();

  /** A target that the line does not settle. */
  record Unsettled() implements ScoredTarget {}

  /**
   * A number, in the field's own units.
   *
   * @param label what it turned out to be
   * @param predicted what was published
   * @param baseline what persistence said; NaN where it said nothing
   * @param model what the learner said; NaN where it said nothing usable
   * @param source who made the published value
   * @param spread what the learner said of its own uncertainty
   */
  record OfNumber(
      double label,
      double predicted,
      double baseline,
      double model,
      Outcome.Source source,
      Spread spread)
      implements ScoredTarget {
    public OfNumber {
      Objects.requireNonNull(source, "source");
      Objects.requireNonNull(spread, "spread");
    }

    /** A number that says nothing of its uncertainty. */
    public OfNumber(
        double label, double predicted, double baseline, double model, Outcome.Source source) {
      this(label, predicted, baseline, model, source, Spread.NONE);
    }
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
   */
  record OfClass(
      String label,
      String predicted,
      String baseline,
      String model,
      Outcome.Source source,
      double probability)
      implements ScoredTarget {
    public OfClass {
      Objects.requireNonNull(label, "label");
      Objects.requireNonNull(source, "source");
    }
  }
}
