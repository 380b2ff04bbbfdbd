package eddy.learn;

import eddy.math.Elementary;
import eddy.readout.Loss;

/** A number that is 0 or 1, predicted as the probability of 1. Needs no statistics. */
final class ProbabilityHead implements Head {
  private final Loss loss;

  ProbabilityHead(Loss loss) {
    this.loss = loss;
  }

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
      float[] z,
      int at,
      double last,
      double reference,
      Outcome.Prediction out,
      double[] origin,
      int originAt) {
    fill(Elementary.sigmoid(z[at]), Double.isNaN(last) ? 0.5 : last, out);
    origin[originAt + VALUE] = out.model;
    origin[originAt + BASELINE] = out.baseline;
    origin[originAt + BASE] = 0;
  }

  @Override
  public void settle(
      Weights weights,
      double label,
      float[] z,
      int at,
      double[] origin,
      int originAt,
      Outcome.Prediction scored,
      float[] adjoint,
      int adjointAt) {
    fill(origin[originAt + VALUE], origin[originAt + BASELINE], scored);
    loss.adjoint(z, at, 1, Math.max(0, Math.min(1, label)), adjoint, adjointAt);
  }

  private static void fill(double model, double baseline, Outcome.Prediction out) {
    boolean finite = Double.isFinite(model);
    out.model = model;
    out.baseline = baseline;
    out.value = finite ? model : baseline;
    out.source = finite ? Outcome.Source.MODEL : Outcome.Source.BASELINE;
    out.probability = Double.NaN;
  }
}
