package eddy.learn;

import eddy.math.Elementary;
import eddy.readout.Gaussian;

/**
 * A normal distribution of a number in {@link ChangeUnits}: the mean, which is the value, is base +
 * unit * z within 10 units; the standard deviation lies between 1/100 and 10 units, NaN before a
 * label has shown a unit.
 */
final class GaussianHead implements Head {
  private final ChangeUnits units;

  GaussianHead(ChangeUnits units) {
    this.units = units;
  }

  @Override
  public int outputs() {
    return 2;
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
    double unit = ChangeUnits.unit(origin, originAt);
    double model = origin[originAt + BASE] + unit * ChangeUnits.bounded(mixed[at]);
    ChangeUnits.publish(model, out);
    out.deviation = deviation(origin, originAt, mixed[at + 1]);
    origin[originAt + VALUE] = model;
  }

  private static double deviation(double[] origin, int originAt, float logVariance) {
    return ChangeUnits.known(origin, originAt)
        ? ChangeUnits.unit(origin, originAt) * Elementary.exp(Gaussian.limited(logVariance) / 2)
        : Double.NaN;
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
    ChangeUnits.publish(origin[originAt + VALUE], scored);
    scored.deviation = deviation(origin, originAt, mixed[at + 1]);
  }

  @Override
  public double settle(Weights weights, double label, double[] origin, int originAt) {
    return units.settle(weights, label, origin, originAt);
  }

  @Override
  public void renew(Weights weights, double[] origin, int originAt, float[] z, int at) {
    double ratio = units.ratio(weights, origin, originAt);
    z[at] = ChangeUnits.bounded(ratio * ChangeUnits.bounded(z[at]));
    z[at + 1] = Gaussian.limited(Gaussian.limited(z[at + 1]) + 2 * StrictMath.log(ratio));
  }
}
