package eddy.learn;

/** A number in {@link ChangeUnits}: value = base + unit * z, z within 10. */
final class NumberHead implements Head {
  private final ChangeUnits units;

  NumberHead(ChangeUnits units) {
    this.units = units;
  }

  @Override
  public int outputs() {
    return 1;
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
    origin[originAt + VALUE] = model;
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
  }

  @Override
  public double settle(Weights weights, double label, double[] origin, int originAt) {
    return units.settle(weights, label, origin, originAt);
  }

  @Override
  public void renew(Weights weights, double[] origin, int originAt, float[] z, int at) {
    double ratio = units.ratio(weights, origin, originAt);
    z[at] = ChangeUnits.bounded(ratio * ChangeUnits.bounded(z[at]));
  }
}
