package eddy.learn;

import eddy.math.Alignment;

/**
 * The units in which a number is learned: its change from a base, over that change's running size.
 *
 * <p>The base is the reference; before there is one the last value, before that the running mean.
 * With no reference configured it is always the running mean. Statistics: count, mean of the label,
 * mean square of the change, both over a window of 10,000 labels, as those of features are: weights
 * that have been learned in one unit are wrong in the next. A spike counts at most ten times the
 * running size.
 */
final class ChangeUnits {
  /** Doubles of statistics. */
  static final int STATISTICS = 3;

  /** Normalised outputs and labels stay within: nothing is predicted farther from the base. */
  static final float BOUND = 10f;

  private static final int COUNT = 0;
  private static final int MEAN = 1;
  private static final int SQUARE = 2;
  private static final double WINDOW = 10_000;
  private static final double SPIKE = 10;
  private static final int WARM = 10;

  private final int target;
  private final boolean referenced;

  ChangeUnits(int target, boolean referenced) {
    this.target = target;
    this.referenced = referenced;
  }

  /**
   * Base, unit and baseline of a prediction; the unit is NaN before any label has shown one.
   * Modifies only origin and out.
   *
   * @param last the target's last value, NaN before the first
   * @param reference what the change is measured from, NaN where there is none
   */
  void begin(
      Weights weights,
      double last,
      double reference,
      Outcome.Prediction out,
      double[] origin,
      int originAt) {
    double[] statistics = weights.heads[target];
    double base = statistics[MEAN];
    if (referenced && !Double.isNaN(reference)) {
      base = reference;
    } else if (referenced && !Double.isNaN(last)) {
      base = last;
    }
    out.baseline = Double.isNaN(last) ? statistics[MEAN] : last;
    origin[originAt + Head.BASELINE] = out.baseline;
    origin[originAt + Head.BASE] = base;
    origin[originAt + Head.UNIT] = statistics[SQUARE] > 0 ? unit(statistics) : Double.NaN;
  }

  /** Unit of a prediction, 1 before any label has shown one. */
  static double unit(double[] origin, int originAt) {
    double unit = origin[originAt + Head.UNIT];
    return Double.isNaN(unit) ? 1 : unit;
  }

  /** Whether the unit of a prediction is that of labels: else nothing is known of its spread. */
  static boolean known(double[] origin, int originAt) {
    return !Double.isNaN(origin[originAt + Head.UNIT]);
  }

  /** Publishes the model's value, or the baseline where it is not finite. Modifies only out. */
  static void publish(double model, Outcome.Prediction out) {
    boolean finite = Double.isFinite(model);
    out.model = model;
    out.value = finite ? model : out.baseline;
    out.source = finite ? Outcome.Source.MODEL : Outcome.Source.BASELINE;
    out.probability = Double.NaN;
  }

  /**
   * Takes in a label. Modifies only the target's statistics.
   *
   * @return the label in today's units
   */
  double settle(Weights weights, double label, double[] origin, int originAt) {
    double[] statistics = weights.heads[target];
    double change = label - origin[originAt + Head.BASE];
    observe(statistics, label, change);
    return bounded(change / unit(statistics));
  }

  /** Unit of the origin in today's units. */
  double ratio(Weights weights, double[] origin, int originAt) {
    return unit(origin, originAt) / unit(weights.heads[target]);
  }

  private static void observe(double[] statistics, double label, double change) {
    double count = Math.min(statistics[COUNT] + 1, WINDOW);
    double square = change * change;
    if (count > WARM && statistics[SQUARE] > 0) {
      square = Math.min(square, SPIKE * SPIKE * statistics[SQUARE]);
    }
    statistics[COUNT] = count;
    statistics[MEAN] += (label - statistics[MEAN]) / count;
    statistics[SQUARE] += (square - statistics[SQUARE]) / count;
  }

  /** Takes in the statistics of a foreign learner. Modifies only statistics. */
  static void merge(double[] statistics, double[] foreign, double share) {
    double part = Alignment.part(statistics[COUNT], foreign[COUNT], share);
    statistics[COUNT] = Math.max(statistics[COUNT], foreign[COUNT]);
    statistics[MEAN] = Alignment.mix(statistics[MEAN], foreign[MEAN], part);
    statistics[SQUARE] = Alignment.mix(statistics[SQUARE], foreign[SQUARE], part);
  }

  private static double unit(double[] statistics) {
    return statistics[SQUARE] > 0 ? Math.sqrt(statistics[SQUARE]) : 1;
  }

  /** Within the bound; NaN, which only weights out of range could give, is no opinion. */
  static float bounded(double z) {
    return z > BOUND ? BOUND : z < -BOUND ? -BOUND : Double.isNaN(z) ? 0f : (float) z;
  }
}
