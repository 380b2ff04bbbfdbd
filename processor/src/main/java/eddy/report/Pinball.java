package eddy.report;

import eddy.learn.Spread;
import eddy.metric.NormalScore;
import eddy.metric.QuantileScore;

/**
 * Pinball losses of what was said of a number, all over the levels of the learner, so that they
 * compare. Whoever says a number alone says that every quantile is that number.
 */
final class Pinball {
  private Pinball() {}

  /** Loss of a value and its uncertainty; NaN where none was given. */
  static double of(double label, double value, Spread spread) {
    if (spread instanceof Spread.Quantiles given && !Double.isNaN(given.values().get(0))) {
      return QuantileScore.pinball(label, given.levels(), given.values());
    }
    return spread instanceof Spread.Deviation deviation
        ? NormalScore.pinball(label, value, deviation.value())
        : Double.NaN;
  }

  /** Loss of a value alone, NaN for nothing, at the levels of a learner that has some. */
  static double ofPoint(double label, double value, Spread levels) {
    return levels instanceof Spread.Quantiles given
        ? QuantileScore.pinballOfPoint(label, given.levels(), value)
        : NormalScore.pinballOfPoint(label, value);
  }

  /** Loss of what a rival said: of its own uncertainty where it gave one, or of its value. */
  static double of(double label, ScoredTarget.Estimate said, Spread levels) {
    double own = of(label, said.value(), said.spread());
    return Double.isNaN(own) ? ofPoint(label, said.value(), levels) : own;
  }
}
