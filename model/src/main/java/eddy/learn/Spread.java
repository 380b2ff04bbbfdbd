package eddy.learn;

import eddy.readout.Gaussian;
import eddy.readout.Loss;
import eddy.readout.Quantile;
import java.util.Collections;
import java.util.List;

/** What a prediction of a number says of its own uncertainty, in the field's own units. */
public sealed interface Spread {
  /** Nothing. */
  Spread NONE = new None();

  /** Nothing. */
  record None() implements Spread {}

  /**
   * Quantiles, ascending.
   *
   * @param levels between 0 and 1, ascending, 0.5 among them
   * @param values by level
   */
  record Quantiles(List<Double> levels, List<Double> values) implements Spread {
    public Quantiles {
      levels = List.copyOf(levels);
      values = List.copyOf(values);
      if (levels.size() != values.size()) {
        throw new IllegalArgumentException(
            "each level needs a value, but " + levels + " have " + values);
      }
    }
  }

  /**
   * The standard deviation of a normal distribution about the value.
   *
   * @param value standard deviation
   */
  record Deviation(double value) implements Spread {}

  /** The form that a loss gives, all values NaN. */
  static Spread of(Loss loss) {
    if (loss instanceof Quantile quantile) {
      int count = quantile.levels().size();
      return new Quantiles(quantile.levels(), Collections.nCopies(count, Double.NaN));
    }
    return loss instanceof Gaussian ? new Deviation(Double.NaN) : NONE;
  }
}
