package eddy.learn;

/**
 * One target's end of the network: turns the panel's outputs into a prediction in the field's own
 * units, and a label into what the members learn from.
 *
 * <p>What it must remember of an origin until the label comes is {@value #ORIGIN} doubles. Holds no
 * state of its own.
 */
interface Head {
  /**
   * Doubles kept per pending prediction: value, baseline, base and unit of the change, and whether
   * the gate has put the baseline in place of the value.
   */
  int ORIGIN = 5;

  int VALUE = 0;
  int BASELINE = 1;
  int BASE = 2;
  int UNIT = 3;
  int GATED = 4;

  /** Outputs of each member. */
  int outputs();

  /** Doubles of running statistics in the weights. */
  int statistics();

  /**
   * Makes the prediction.
   *
   * @param mixed what the panel says from at: a raw number, or probabilities
   * @param last the target's last value or class slot, NaN before the first
   * @param reference what the change is measured from, NaN where there is none
   * @param out modified: what is published
   * @param origin modified: [{@value #ORIGIN}] from originAt, to be kept until the label comes
   */
  void predict(
      Weights weights,
      float[] mixed,
      int at,
      double last,
      double reference,
      Outcome.Prediction out,
      double[] origin,
      int originAt);

  /**
   * Says how a prediction stood when its label came. Modifies only scored.
   *
   * @param label a number or a class slot, never NaN
   * @param mixed what the panel said at the origin, from at
   * @param origin as predict left it
   * @param scored modified: the prediction as it was made
   */
  void score(
      double label,
      float[] mixed,
      int at,
      double[] origin,
      int originAt,
      Outcome.Prediction scored);

  /**
   * Takes in a label. Modifies only the target's statistics.
   *
   * @param origin as predict left it
   * @return what the members learn: the label in today's units, or the class slot
   */
  double settle(Weights weights, double label, double[] origin, int originAt);

  /** Brings a member's raw outputs of the origin into today's units. Modifies only z. */
  void renew(Weights weights, double[] origin, int originAt, float[] z, int at);
}
