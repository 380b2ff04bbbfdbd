package eddy.learn;

/**
 * One target's end of the network: turns raw outputs into a prediction in the field's own units,
 * and a label into the adjoint of those outputs.
 *
 * <p>What it must remember of an origin until the label comes is {@value #ORIGIN} doubles. Holds no
 * state of its own.
 */
interface Head {
  /** Doubles kept per pending prediction: value, baseline, base of the change. */
  int ORIGIN = 3;

  int VALUE = 0;
  int BASELINE = 1;
  int BASE = 2;

  /** Raw outputs of the network. */
  int outputs();

  /** Doubles of running statistics in the weights. */
  int statistics();

  /**
   * Makes the prediction.
   *
   * @param z raw outputs from at
   * @param last the target's last value or class slot, NaN before the first
   * @param reference what the change is measured from, NaN where there is none
   * @param out modified: what is published
   * @param origin modified: [{@value #ORIGIN}] from originAt, to be kept until the label comes
   */
  void predict(
      Weights weights,
      float[] z,
      int at,
      double last,
      double reference,
      Outcome.Prediction out,
      double[] origin,
      int originAt);

  /**
   * Scores a prediction and gives the adjoint of its outputs. Modifies the target's statistics,
   * scored and adjoint.
   *
   * @param label a number or a class slot, never NaN
   * @param z raw outputs as they were at the origin, from at
   * @param origin as predict left it
   * @param scored modified: the prediction as it was made
   * @param adjoint dLoss/dz [outputs] from adjointAt
   */
  void settle(
      Weights weights,
      double label,
      float[] z,
      int at,
      double[] origin,
      int originAt,
      Outcome.Prediction scored,
      float[] adjoint,
      int adjointAt);
}
