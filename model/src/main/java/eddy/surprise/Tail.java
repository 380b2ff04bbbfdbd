package eddy.surprise;

import eddy.math.Exponential;

/**
 * The upper tail of a history beyond its last few losses: a generalised Pareto distribution of what
 * lies above the upper tenth (peaks over threshold, Pickands 1975), fitted by probability-weighted
 * moments (Hosking and Wallis 1987).
 *
 * <p>The shape leans towards {@value #LIKELY_SHAPE}, as if some excesses more had said so, and is
 * never negative: a probability of 0 is never given, and a greater loss always has a lesser one.
 * Scratch.
 */
final class Tail {
  /** Losses beyond which ranks give way to the fit. */
  static final int BEYOND = 10;

  private static final double FITTED = 0.1;
  private static final double LIKELY_SHAPE = 0.25;
  private static final double LEAST_SHAPE = 0.02;

  /** Above it moments say little, since those of the tail grow without bound. */
  private static final double HEAVY = 0.4;

  /** Excesses that the likely shape is worth. */
  private static final double BELIEF = 20;

  private double start;
  private double startProbability;
  private double shape;
  private double scale;

  /**
   * Fits the tail from a bin on.
   *
   * @param bin where it begins
   * @param weight of the history from there on
   */
  void fit(LossHistory history, int bin, double weight) {
    int threshold = Math.min(bin, history.tail(Math.max(BEYOND, FITTED * history.total)));
    moments(history, threshold);
    start = history.edge(bin);
    scale += shape * (start - history.edge(threshold));
    startProbability = (weight + 0.5) / (history.total + 1);
  }

  private void moments(LossHistory history, int threshold) {
    double edge = history.edge(threshold);
    double weight = history.atOrAbove(threshold);
    double mean = 0;
    double weighted = 0;
    double above = 0;
    for (int i = history.to - 1; i >= threshold; i--) {
      double share = history.weights[i];
      double excess = (history.middle(i) - edge) * share / weight;
      mean += excess;
      weighted += excess * (above + 0.5 * share) / weight;
      above += share;
    }
    double spread = mean - 2 * weighted;
    double found = spread > 0 ? 2 - mean / spread : LEAST_SHAPE;
    shape = Math.max(LEAST_SHAPE, blended(found, weight));
    // nothing finer than half a bin is known
    double least = history.middle(threshold) - edge;
    scale = Math.max(least, mean * (1 - shape));
    if (found > HEAVY && edge > 0) {
      shape = Math.max(shape, blended(hill(history, threshold, edge, weight), weight));
      scale = shape * edge;
    }
  }

  private static double blended(double found, double weight) {
    return (weight * found + BELIEF * LIKELY_SHAPE) / (weight + BELIEF);
  }

  /** Mean logarithm of the losses above the threshold in units of it. */
  private static double hill(LossHistory history, int threshold, double edge, double weight) {
    double sum = 0;
    for (int i = threshold; i < history.to; i++) {
      sum += history.weights[i] * StrictMath.log(history.middle(i) / edge);
    }
    return sum / weight;
  }

  /** -log10 of the probability of a loss that is at least as large, from where the tail begins. */
  double score(double loss) {
    double excess = Math.max(0, loss - start);
    return StrictMath.log10(1 + shape * excess / scale) / shape
        - StrictMath.log10(startProbability);
  }

  /** The loss that has this probability, where the tail reaches up to it. */
  double loss(double probability) {
    double times = Math.max(1, startProbability / probability);
    return start + scale * (Exponential.exp(shape * StrictMath.log(times)) - 1) / shape;
  }
}
