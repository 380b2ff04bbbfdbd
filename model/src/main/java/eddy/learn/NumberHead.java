package eddy.learn;

/**
 * A number, learned as its change from a base in units of that change's running size: value = base
 * + scale * z.
 *
 * <p>The base is the reference; before there is one the last value, before that the running mean.
 * With no reference configured it is always the running mean. Statistics: count, mean of the label,
 * mean square of the change, both over a window of 2000 labels; a spike counts at most ten times
 * the running size.
 */
final class NumberHead implements Head {
  private static final int COUNT = 0;
  private static final int MEAN = 1;
  private static final int SQUARE = 2;
  private static final double WINDOW = 2000;
  private static final double SPIKE = 10;
  private static final int WARM = 10;

  /** Outputs and normalised labels stay within. */
  private static final float BOUND = 10f;

  private final int target;
  private final boolean referenced;

  NumberHead(int target, boolean referenced) {
    this.target = target;
    this.referenced = referenced;
  }

  @Override
  public int outputs() {
    return 1;
  }

  @Override
  public int statistics() {
    return 3;
  }

  @Override
  public void predict(
      Weights weights,
      float[] mixed,
      int at,
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
    double unit = scale(statistics);
    out.model = base + unit * bounded(mixed[at]);
    out.baseline = Double.isNaN(last) ? statistics[MEAN] : last;
    boolean finite = Double.isFinite(out.model);
    out.value = finite ? out.model : out.baseline;
    out.source = finite ? Outcome.Source.MODEL : Outcome.Source.BASELINE;
    out.probability = Double.NaN;
    origin[originAt + VALUE] = out.model;
    origin[originAt + BASELINE] = out.baseline;
    origin[originAt + BASE] = base;
    origin[originAt + UNIT] = unit;
  }

  @Override
  public double settle(
      Weights weights,
      double label,
      float[] mixed,
      int at,
      double[] origin,
      int originAt,
      Outcome.Prediction scored) {
    double base = origin[originAt + BASE];
    scored.model = origin[originAt + VALUE];
    scored.baseline = origin[originAt + BASELINE];
    boolean finite = Double.isFinite(scored.model);
    scored.value = finite ? scored.model : scored.baseline;
    scored.source = finite ? Outcome.Source.MODEL : Outcome.Source.BASELINE;
    scored.probability = Double.NaN;
    double[] statistics = weights.heads[target];
    observe(statistics, label, base);
    return bounded((label - base) / scale(statistics));
  }

  @Override
  public void renew(Weights weights, double[] origin, int originAt, float[] z, int at) {
    double unit = origin[originAt + UNIT] / scale(weights.heads[target]);
    z[at] = bounded(unit * bounded(z[at]));
  }

  private static void observe(double[] statistics, double label, double base) {
    double count = Math.min(statistics[COUNT] + 1, WINDOW);
    double change = label - base;
    double square = change * change;
    if (count > WARM && statistics[SQUARE] > 0) {
      square = Math.min(square, SPIKE * SPIKE * statistics[SQUARE]);
    }
    statistics[COUNT] = count;
    statistics[MEAN] += (label - statistics[MEAN]) / count;
    statistics[SQUARE] += (square - statistics[SQUARE]) / count;
  }

  private static double scale(double[] statistics) {
    return statistics[SQUARE] > 0 ? Math.sqrt(statistics[SQUARE]) : 1;
  }

  private static float bounded(double z) {
    // NaN, which only weights out of range could give, is no opinion
    return z > BOUND ? BOUND : z < -BOUND ? -BOUND : Double.isNaN(z) ? 0f : (float) z;
  }
}
