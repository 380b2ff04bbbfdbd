package eddy.learn;

import eddy.feature.Dictionary;
import eddy.readout.Loss;
import eddy.readout.Softmax;

/**
 * A class out of an open set: softmax over all slots, assigned or not.
 *
 * <p>Slots are assigned on first sight, so the first sight of a class is scored with the
 * probability that one unassigned slot had. Nothing is clipped.
 */
final class CategoryHead implements Head {
  private static final double NONE = -1;

  private final int target;
  private final int slots;
  private final Loss loss;

  CategoryHead(int target, int slots, Loss loss) {
    this.target = target;
    this.slots = slots;
    this.loss = loss;
  }

  @Override
  public int outputs() {
    return slots;
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
    Dictionary classes = weights.classes[target];
    Softmax.probabilities(z, at, slots, out.distribution, 0);
    int best = (int) NONE;
    for (int slot = 0; slot < classes.assigned(); slot++) {
      if (best < 0 || out.distribution[slot] > out.distribution[best]) {
        best = slot;
      }
    }
    fill(best, Double.isNaN(last) ? NONE : last, out);
    out.probability = best < 0 ? Double.NaN : out.distribution[best];
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
    Softmax.probabilities(z, at, slots, scored.distribution, 0);
    scored.probability = scored.distribution[(int) label];
    loss.adjoint(z, at, slots, label, adjoint, adjointAt);
  }

  private static void fill(double model, double baseline, Outcome.Prediction out) {
    out.model = model;
    out.baseline = baseline;
    out.value = model;
    out.source = Outcome.Source.MODEL;
  }
}
