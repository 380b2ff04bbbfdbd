package eddy.learn;

import eddy.feature.Dictionary;

/**
 * A class out of an open set: probabilities over all slots, assigned or not.
 *
 * <p>Slots are assigned on first sight, so the first sight of a class is scored with the
 * probability that one unassigned slot had. Nothing is clipped.
 */
final class CategoryHead implements Head {
  private static final double NONE = -1;

  private final int target;
  private final int slots;

  CategoryHead(int target, int slots) {
    this.target = target;
    this.slots = slots;
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
      float[] mixed,
      int at,
      double last,
      double reference,
      Outcome.Prediction out,
      double[] origin,
      int originAt) {
    Dictionary classes = weights.classes[target];
    System.arraycopy(mixed, at, out.distribution, 0, slots);
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
    System.arraycopy(mixed, at, scored.distribution, 0, slots);
    scored.probability = scored.distribution[(int) label];
  }

  @Override
  public double settle(Weights weights, double label, double[] origin, int originAt) {
    return label;
  }

  @Override
  public void renew(Weights weights, double[] origin, int originAt, float[] z, int at) {}

  private static void fill(double model, double baseline, Outcome.Prediction out) {
    out.model = model;
    out.baseline = baseline;
    out.value = model;
    out.source = Outcome.Source.MODEL;
  }
}
