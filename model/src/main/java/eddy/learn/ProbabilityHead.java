package eddy.learn;

import eddy.math.Elementary;

/** A number that is 0 or 1, predicted as the probability of 1. Needs no statistics. */
final class ProbabilityHead implements Head {
  @Override
  public int outputs() {
    return 1;
  }

  @Override
  public int statistics() {
    return 0;
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
    fill(Elementary.sigmoid(mixed[at]), Double.isNaN(last) ? 0.5 : last, out);
    origin[originAt + VALUE] = out.model;
    origin[originAt + BASELINE] = out.baseline;
    origin[originAt + BASE] = 0;
    origin[originAt + UNIT] = 1;
  }

  @Override
  public void score(
      double label,
      float[] mixed,
      int at,
      double[] origin,
      int originAt,
      Outcome.Prediction scored) {
    fill(origin[originAt + VALUE], origin[originAt + BASELINE], scored);
  }

  @Override
  public double settle(Weights weights, double label, double[] origin, int originAt) {
    return Math.max(0, Math.min(1, label));
  }

  @Override
  public void renew(Weights weights, double[] origin, int originAt, float[] z, int at) {}

  private static void fill(double model, double baseline, Outcome.Prediction out) {
    boolean finite = Double.isFinite(model);
    out.model = model;
    out.baseline = baseline;
    out.value = finite ? model : baseline;
    out.source = finite ? Outcome.Source.MODEL : Outcome.Source.BASELINE;
    out.probability = Double.NaN;
  }
}
