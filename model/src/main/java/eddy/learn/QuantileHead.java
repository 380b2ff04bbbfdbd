package eddy.learn;

import eddy.readout.Quantile;

/**
 * Quantiles of a number in {@link ChangeUnits}: each is base + unit * q, q within 10; the median is
 * the value. NaN before a label has shown a unit. Holds scratch: one per thread.
 */
final class QuantileHead implements Head {
  /** Outputs that stand for distances stay within: distances from 1/100 to 100. */
  private static final double DISTANCE_BOUND = 100;

  private final ChangeUnits units;
  private final Quantile quantile;
  private final int median;
  private final float[] q;

  QuantileHead(ChangeUnits units, Quantile quantile) {
    this.units = units;
    this.quantile = quantile;
    median = quantile.median();
    q = new float[quantile.levels().size()];
  }

  @Override
  public int outputs() {
    return q.length;
  }

  @Override
  public int statistics() {
    return ChangeUnits.STATISTICS;
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
    units.begin(weights, last, reference, out, origin, originAt);
    fill(mixed, at, origin, originAt, out);
    double unit = ChangeUnits.unit(origin, originAt);
    double model = origin[originAt + BASE] + unit * bounded(median, mixed[at + median]);
    ChangeUnits.publish(model, out);
    origin[originAt + VALUE] = out.model;
  }

  private void fill(float[] mixed, int at, double[] origin, int originAt, Outcome.Prediction out) {
    for (int i = 0; i < q.length; i++) {
      q[i] = bounded(i, mixed[at + i]);
    }
    quantile.quantiles(q, 0, q, 0);
    for (int i = 0; i < q.length; i++) {
      out.quantiles[i] =
          ChangeUnits.known(origin, originAt)
              ? origin[originAt + BASE] + origin[originAt + UNIT] * ChangeUnits.bounded(q[i])
              : Double.NaN;
    }
  }

  @Override
  public void score(
      double label,
      float[] mixed,
      int at,
      double[] origin,
      int originAt,
      Outcome.Prediction scored) {
    scored.baseline = origin[originAt + BASELINE];
    fill(mixed, at, origin, originAt, scored);
    ChangeUnits.publish(origin[originAt + VALUE], scored);
  }

  @Override
  public double settle(Weights weights, double label, double[] origin, int originAt) {
    return units.settle(weights, label, origin, originAt);
  }

  @Override
  public void renew(Weights weights, double[] origin, int originAt, float[] z, int at) {
    double ratio = units.ratio(weights, origin, originAt);
    for (int i = 0; i < q.length; i++) {
      float output = bounded(i, z[at + i]);
      double renewed =
          i == median
              ? ratio * output
              : Quantile.inverse((float) (ratio * Quantile.distance(output)));
      z[at + i] = bounded(i, renewed);
    }
  }

  /** An output within its bound; NaN is no opinion. */
  private float bounded(int output, double z) {
    double bound = output == median ? ChangeUnits.BOUND : DISTANCE_BOUND;
    return (float) (Double.isNaN(z) ? 0 : Math.max(-bound, Math.min(bound, z)));
  }
}
